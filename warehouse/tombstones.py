"""Redactions that were made: what came once and was removed must not come back.

A tombstone holds neither text nor name, only a salted hash by which either is known again.

Belongs here: making and recognising tombstones. Keep out: removing (`redaction.py`), landing (`articles.py`).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from transforms.naming import find_people
from transforms.naming.masking import REDACTED, Masks, Span, name_parts, pattern
from transforms.naming.runs import Runs, is_all_caps, tokens

_SALT_BYTES = 16


def fingerprint_of_text(text_hash: str) -> str:
    """Return the tombstone's fingerprint of an article: the hash of its text, hashed again."""
    return hashlib.sha256(text_hash.encode()).hexdigest()


def fingerprint_of_name(name: str) -> str:
    """Return the tombstone's fingerprint of a name: a salt and a hash that is slow to guess at."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"{salt.hex()}:{_digest(salt, name_parts(name))}"


def _digest(salt: bytes, parts: tuple[str, ...]) -> str:
    return hashlib.blake2b(" ".join(parts).encode(), key=salt, digest_size=16).hexdigest()


class Tombstones:
    """The redactions of a warehouse, asked about everything that lands."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        rows = con.execute("SELECT kind, article_id, fingerprint FROM ops.redactions").fetchall()
        self.texts = {fingerprint for kind, _, fingerprint in rows if kind == "article"}
        self.article_ids = {article_id for kind, article_id, _ in rows if kind == "article"}
        self.names = [(bytes.fromhex(salt), digest) for kind, _, f in rows if kind == "name" for salt, _, digest in [f.partition(":")]]

    def is_gone(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of `raw.articles` is an article that was redacted, or a reprint of its very text."""
        return bool(self.texts) and (row["article_id"] in self.article_ids or fingerprint_of_text(str(row["text_hash"])) in self.texts)

    def without_names(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row of `raw.articles` with redacted names taken out; its id stays that of the text as received."""
        if not self.names:
            return row
        title, text = row["title"] or "", row["text"]
        found = set(self._known(title)) | set(self._known(text))
        if not found:
            return row
        spans = mention_spans(row["title"], text, found)
        masks = Masks(spans[1])
        spoken = pattern(found)
        read = [[masks.move(start), masks.move(end, is_end=True)] for start, end in json.loads(row["read_spans"])]
        cleaned = {**row, "text": masks.apply(text), "read_spans": json.dumps(read)}
        cleaned["title"] = Masks(spans[0]).apply(title) if row["title"] is not None else None
        cleaned["text_hash"] = hashlib.sha256(cleaned["text"].encode()).hexdigest()
        for name in ("byline", "url", "origin"):
            if isinstance(row[name], str) and spoken is not None:
                cleaned[name] = spoken.sub(REDACTED, row[name])
        return cleaned

    def _known(self, text: str) -> Iterator[str]:
        """Yield the redacted names that stand in a text, as printed."""
        words = tokens(text)
        for run in Runs(words, is_all_caps(text)).all():
            for first in range(run.first, run.last):
                for last in range(first + 1, run.last + 1):
                    printed = text[words[first].start : words[last - 1].end]
                    parts = name_parts(printed)
                    if any(_digest(salt, parts) == digest for salt, digest in self.names):
                        yield printed


def mention_spans(title: str | None, text: str, names: set[str]) -> tuple[list[Span], list[Span]]:
    """Return where the names stand in a title and text: as printed, and each further mention of their bearers. Number 0."""
    wanted, spoken = {name_parts(name) for name in names}, pattern(names)
    sides: tuple[list[Span], list[Span]] = ([], [])
    for person in find_people(title, text):
        if name_parts(person.name) in wanted:
            for mention in person.mentions:
                sides[0 if mention.in_title else 1].append(Span(mention.char_start, mention.char_end, 0))
    if spoken is not None:
        for side, value in enumerate((title or "", text)):
            sides[side].extend(Span(match.start(), match.end(), 0) for match in spoken.finditer(value))
    return sides
