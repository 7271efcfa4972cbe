"""How firmly a figure is said: the stance.

Belongs here: the cues near a figure and what the verb of saying adds. Keep out: who says it.
"""

from __future__ import annotations

import re

from transforms.reading.attribution_words import stances
from transforms.reading.document import Figure, Sentence

# Characters before and after the number in which a cue speaks of it.
_BEFORE, _AFTER = 90, 90
# Characters within which `estimated` belongs to the number itself.
_CLOSE = 24
_BY_VERB = {"claim": "claimed", "deny": "denied", "estimate": "estimated", "doubt": "unconfirmed"}


def _window(sentence: Sentence, figure: Figure) -> tuple[str, str]:
    """Return the text before and after the number within its sentence, bounded."""
    start, end = figure.char_start - sentence.start, figure.char_end - sentence.start
    return sentence.text[max(0, start - _BEFORE) : start], sentence.text[end : end + _AFTER]


def _stands_in(pattern: re.Pattern[str], part: str) -> bool:
    """Return whether a cue stands in the words; `21 May have` names a month and is none."""
    return any(part[match.start() : match.start() + 4] != "May " for match in pattern.finditer(part.lower()))


def stance(sentence: Sentence, figure: Figure, verb: str | None) -> str:
    """Return the stance of the figure. verb: class of the verb of saying that covers it, if any."""
    before, after = _window(sentence, figure)
    patterns = stances()
    if figure.count_max == 0:
        return "none_reported" if patterns["none_reported"].search(f"{before} {after}".lower()) else "asserted"
    if patterns["estimated"].search(f"{figure.quantity_text}\n{before[-_CLOSE:]}|{after[:_CLOSE]}".lower()):
        return "estimated"
    for name in ("unconfirmed", "claimed"):
        if any(_stands_in(patterns[name], part) for part in (before, after)):
            return name
    return _BY_VERB.get(verb or "", "asserted")
