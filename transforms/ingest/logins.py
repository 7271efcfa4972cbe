"""Logins inside of addresses: `https://user:password@host/`. They never reach the warehouse, a log or a message.

Belongs here: finding and removing them. Keep out: what else an address may be (`links.py`).
"""

from __future__ import annotations

import re

# What stands between `//` and the last @ before the path: RFC 3986, section 3.2.1.
_LOGIN = re.compile(r"(?<=//)[^/?#\\\s]*@")


def without_login(text: str) -> str:
    """Return the text with user name and password taken out of each address in it."""
    return _LOGIN.sub("", text) if "@" in text else text
