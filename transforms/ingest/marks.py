"""The marks by which a saved page tells its parts apart, from `lexicon/page_marks.csv`.

Belongs here: looking a label or an outlet's word up. Keep out: what a header or footer means.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.lexicon import load

_CLASSES = frozenset({"byline", "published", "updated", "label", "publisher", "url", "original", "outlet"})
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@lru_cache(maxsize=None)
def terms(kind: str) -> tuple[str, ...]:
    """Return the terms of one class in lower case, longest first."""
    found = {entry.term.lower() for entry in load("page_marks", _CLASSES) if entry.term_class == kind}
    return tuple(sorted(found, key=lambda term: (-len(term), term)))


def label_of(line: str, kind: str) -> tuple[str | None, str]:
    """Return the label of that class that the line begins with, and the rest of the line; (None, line) without one."""
    lowered = line[:40].lower()
    for term in terms(kind):
        if lowered.startswith(term) and (term.endswith(":") or not lowered[len(term) : len(term) + 1].isalnum()):
            return term, line[len(term) :].strip()
    return None, line


def is_outlet(name: str) -> bool:
    """Return whether a word of the name is one that outlets and monitors have in their names."""
    words = {word.lower() for word in _WORD.findall(name)}
    return not words.isdisjoint(terms("outlet"))
