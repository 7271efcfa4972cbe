"""The words around a date that decide what it is a date of: lexicon/date_cues.csv.

Belongs here: loading that lexicon. Keep out: the rules that use it (`roles.py`, `publication.py`).
"""

from __future__ import annotations

from transforms.lexicon import by_class

CLASSES = frozenset(
    {"report", "statement", "aftermath", "happening", "new_event", "superlative", "earlier_event", "relative_clause"}
    | {"dateline", "opening_clause", "takes_place", "name_part", "opening_report", "dying", "border", "passive"}
)


def cue_words(cue_class: str) -> frozenset[str]:
    """Return the words of one class, in lower case. Raises LexiconError when the file is not well formed."""
    return by_class("date_cues", CLASSES)[cue_class]
