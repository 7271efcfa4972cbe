"""Whom a sentence blames for what happened, and who does the blaming: as told, never a verdict of ours.

Belongs here: `X blamed Y for …`, `X blamed … on Y`, `was blamed on Y`, `X accused Y of …`. Keep out: claims of responsibility, and
attackers named as the subject of an attack.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.reading.attribution_speakers import Phrase, Speaker, printed, speaker_starting
from transforms.reading.attribution_subjects import subject_of
from transforms.reading.attribution_words import vocabulary
from transforms.sources.phrases import kind_of

# Words between `blamed` and the `on` that names whom.
_LOOK = 9


@dataclass(frozen=True, slots=True)
class Blame:
    """Whom the words blame, as printed, and who blames them (null when nobody is named)."""

    blamed: Speaker
    by: Speaker | None


def _opens_deed(words: Phrase, at: int) -> bool:
    """Return whether the deed follows (`of killing …`)."""
    return words.lowers[at] == "of" and at + 1 < len(words.words) and words.lowers[at + 1].endswith("ing")


def _party(words: Phrase, start: int) -> Speaker | None:
    """Return the party that begins at `start`: somebody who could act, no thing and no pronoun."""
    if start >= len(words.words):
        return None
    found = speaker_starting(words, start)
    if found is None:
        return None
    # what they are blamed for is no part of their name
    cut = next((i for i in range(start + 1, found.end) if words.lowers[i] == "for" or _opens_deed(words, i)), found.end)
    found = Speaker(start, cut, printed(words, start, cut), found.form)
    return None if found.form == "pronoun" or kind_of(found.text) is None else found


def _is_relative(words: Phrase, start: int) -> bool:
    """Return whether a relative pronoun opens the clause of the subject at `start` (`the blast, which officials blamed on X`)."""
    return start > 0 and words.lowers[start - 1] in vocabulary().words["relative"]


def blame_in(words: Phrase) -> Blame | None:
    """Return the first blame that a sentence holds; None when it holds none."""
    vocab = vocabulary()
    for at, low in enumerate(words.lowers):
        if low not in vocab.words["blame"]:
            continue
        on = next((i for i in range(at + 1, min(len(words.words), at + _LOOK)) if words.lowers[i] == "on"), None)
        blamed = _party(words, at + 1) or (_party(words, on + 1) if on is not None else None)
        if blamed is None:
            continue
        by = None if at > 0 and words.lowers[at - 1] in vocab.words["be"] else subject_of(words, at, 0)
        if by is not None and words.lowers[at + 1] == "on" and not _is_relative(words, by.start):
            # `a blast blamed on X`: what stands before is no party that blames
            by = None
        return Blame(blamed, by if by is not None and by.form != "pronoun" else None)
    return None
