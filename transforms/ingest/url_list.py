"""A list of addresses: one a line; empty lines and lines that begin with `#` are left out.

Belongs here: that format. Keep out: fetching.
"""

from __future__ import annotations

from transforms.ingest.decoding import decode
from transforms.ingest.links import article_url


def urls(raw: bytes) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the addresses in order, each once, and the lines that are none, with their numbers.

    Raises RejectedInputError (empty, binary, undecodable).
    """
    found: dict[str, None] = {}
    wrong: list[tuple[int, str]] = []
    for number, line in enumerate(decode(raw).splitlines(), 1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        url = article_url(bare, "")
        if url is None:
            wrong.append((number, bare))
        else:
            found[url] = None
    return list(found), wrong
