"""Whom a page names as the original publisher of its text.

`The original source of this article is X`, `Republished from X`; else a byline that names an outlet (`By South
Front` on a page of Global Research). The page's own publisher is never its original one.

Belongs here: that one question. Keep out: the header itself (`header.py`).
"""

from __future__ import annotations

import re

from transforms.ingest.header import plain
from transforms.ingest.marks import is_outlet, terms, words_of

_NAME_MAX, _BEFORE_MAX = 60, 40
# The name ends at punctuation, or where the sentence goes on: "on 25 July", "under a licence".
_NAME = re.compile(r"[\s:]*((?:[A-Z0-9][\w'\u2019&.-]*|of|for|and|the|&)(?:[ ](?:[A-Z0-9][\w'\u2019&.-]*|of|for|and|the|&))*)")
_LINKING_WORDS = frozenset(("of", "for", "and", "the", "&"))  # no name ends with one


def _same(one: str, other: str | None) -> bool:
    def key(name: str) -> str:
        return "".join(character for character in name.lower() if character.isalnum())

    return other is not None and key(one) == key(other)


def _whole(name: str) -> str:
    words = name.split(" ")
    while len(words) > 1 and words[-1] in _LINKING_WORDS:
        words.pop()
    return " ".join(words).rstrip(".")


def _opens(before: str) -> bool:
    """Return whether the words before a mark, in its line, are none or name the piece: `This article was …`."""
    line = before.rpartition("\n")[2]
    return not line.strip(" (*_[>-") or not words_of(line).isdisjoint(terms("piece"))


def _named(text: str) -> str | None:
    """Return the name behind the first mark of republication that has one."""
    lowered = text.lower()
    if len(lowered) != len(text):  # offsets would not fit; such letters are no part of the marks
        lowered = text
    for mark in terms("original"):
        found = lowered.find(mark)
        if found < 0 or not _opens(lowered[max(0, found - _BEFORE_MAX) : found]):
            continue
        rest = plain(text[found + len(mark) : found + len(mark) + 3 * _NAME_MAX].split("\n")[0].lstrip(" :"))
        match = _NAME.match(rest)
        name = _whole(match.group(1)) if match else ""
        if name and name[0].isupper() and len(name) <= _NAME_MAX:
            return name
    return None


def original_publisher(text: str, byline: str | None, publisher: str | None) -> str | None:
    """Return the outlet that the page names as the origin of its text; None when it names none but itself."""
    named = _named(text)
    if named is not None and not _same(named, publisher):
        return named
    if byline is not None and is_outlet(byline) and not _same(byline, publisher):
        return byline
    return None
