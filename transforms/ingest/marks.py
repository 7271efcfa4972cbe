"""The marks by which a saved page tells its parts apart, from `lexicon/page_marks.csv`.

Belongs here: looking a label or an outlet's word up. Keep out: what a header or footer means.
"""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicon import load

_CLASSES = frozenset({"byline", "published", "updated", "label", "publisher", "url", "original", "outlet", "person", "piece"})
_LABELS = ("byline", "published", "updated", "label", "publisher", "url")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@cache
def terms(kind: str) -> tuple[str, ...]:
    """Return the terms of one class in lower case, longest first."""
    found = {entry.term.lower() for entry in load("page_marks", _CLASSES) if entry.term_class == kind}
    return tuple(sorted(found, key=lambda term: (-len(term), term)))


@cache
def _label(kind: str) -> re.Pattern[str]:
    choices = "|".join(re.escape(term) + ("" if term.endswith(":") else r"(?![^\W_])") for term in terms(kind))
    return re.compile(choices, re.IGNORECASE)


@cache
def _any_label() -> re.Pattern[str]:
    return re.compile(r"[\s*_#\[]*(?:" + "|".join(_label(kind).pattern for kind in _LABELS) + ")", re.IGNORECASE)


def has_label(line: str) -> bool:
    """Return whether the line begins with a label of any class, behind link or heading marks if need be."""
    return _any_label().match(line) is not None


def label_of(line: str, kind: str) -> tuple[str | None, str]:
    """Return the label of that class that the line begins with, and the rest of the line; (None, line) without one."""
    match = _label(kind).match(line)
    return (None, line) if match is None else (match.group().lower(), line[match.end() :].strip())


def is_outlet(name: str) -> bool:
    """Return whether a word of the name is one that outlets and monitors have in their names (`AFP staff` are people)."""
    words = words_of(name)
    return not words.isdisjoint(terms("outlet")) and words.isdisjoint(terms("person"))


def words_of(text: str) -> set[str]:
    """Return the words of the text in lower case."""
    return {word.lower() for word in _WORD.findall(text)}
