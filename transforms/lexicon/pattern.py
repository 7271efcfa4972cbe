"""One fast regular expression for many terms.

Belongs here: building patterns from lists of terms. Keep out: the terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def _regex(node: dict[str, Any]) -> str:
    """The trie below a node as a regular expression: terms share their beginnings, so that matching never tries them one by one."""
    branches = sorted(key for key in node if key)
    parts = [re.escape(key) + _regex(node[key]) for key in branches]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and "" not in node else f"(?:{'|'.join(parts)})"
    return body + "?" if "" in node else body


def any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of the terms as whole words in lower-case text; the longest wins at one place."""
    root: dict[str, Any] = {}
    for term in terms:
        node = root
        for character in term.lower():
            node = node.setdefault(character, {})
        node[""] = {}
    return re.compile(rf"\b{_regex(root)}\b")
