"""How firmly a figure is said: the stance.

Belongs here: the cues near a figure and what the verb of saying adds. Keep out: who says it.
"""

from __future__ import annotations

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


def _is_cue(found: str) -> bool:
    """Return whether the words are a cue: `21 May have` names a month."""
    return not found.startswith("May ")


def stance(sentence: Sentence, figure: Figure, verb: str | None) -> str:
    """Return the stance of the figure. verb: class of the verb of saying that covers it, if any."""
    before, after = _window(sentence, figure)
    patterns = stances()
    if figure.count_max == 0:
        return "none_reported" if patterns["none_reported"].search(before + " " + after) else "asserted"
    if patterns["estimated"].search(figure.quantity_text) or patterns["estimated"].search(before[-_CLOSE:] + "|" + after[:_CLOSE]):
        return "estimated"
    for name in ("unconfirmed", "claimed"):
        if any(_is_cue(match.group()) for part in (before, after) for match in patterns[name].finditer(part)):
            return name
    return _BY_VERB.get(verb or "", "asserted")
