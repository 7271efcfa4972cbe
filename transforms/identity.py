"""Ids: stable hashes that name articles, versions, figures, sources and places.

Belongs here: the one hash and the recipes of ids that more than one package needs. Keep out: everything else.
"""

from __future__ import annotations

import hashlib
from datetime import date


def hash63(*parts: object) -> int:
    """Return a 63-bit hash of the parts: fits DuckDB's UBIGINT and a signed 64-bit integer.

    Parts are joined by a unit separator after `None` is mapped to an empty string, so ("a", "b") and ("ab",) differ.
    """
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    digest = hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def article_version_id(
    article_id: str, publisher: str | None, url: str | None, title: str | None, text: str, published_on: date | None
) -> int:
    """Return the id of an article version: a hash over the article's id, publisher, address, title, text and date.

    The article's id is in it so that two articles whose ids were given stay two, even where all else is equal.
    """
    return hash63("version", article_id, publisher, url, title, text, published_on)


def figure_id(version_id: int, in_title: bool, char_start: int, char_end: int, outcome: str) -> int:
    """Return the id of a figure: article version, span and outcome, hence the same under every reader version."""
    return hash63("figure", version_id, int(in_title), char_start, char_end, outcome)
