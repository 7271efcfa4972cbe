"""The gate before reading: whether and where a text may tell of casualties, without cutting it into words.

General news is mostly told apart here, so this is where its time goes. RE2 looks for all words at once, in time linear in the
text whatever the words are; Python's own patterns try one alternative after the other, forty times as slow.

Belongs here: looking for the lexicons' words in plain text; what passes may still be no casualty. Keep out: what the words mean
(`outcomes.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import re2

from transforms.places.words import words as place_words
from transforms.reading.vocabulary import GOAL_FORMS, cues, goal_verbs, outcome_words

_MAX_MEMORY = 64 << 20  # bytes for RE2's states; with its default of 8 MB it falls back to a slower way
_BEFORE_BODY_PART = ("in the", "in his", "in her", "in their", "left", "right", "upper", "lower")
# everything but ASCII letters and digits parts words
_GAP = rb"[^0-9A-Za-z]+"


def _plain(text: str) -> bytes:
    """The text with one byte a character, so that offsets stay."""
    return text.encode("ascii", "replace")


def _pattern(phrases: Iterable[str]) -> Any:
    """Compile a pattern for any of the phrases as whole words, whatever stands between their words, in any case."""
    options = re2.Options()
    options.case_sensitive, options.never_capture, options.max_mem = False, True, _MAX_MEMORY
    options.encoding = re2.Options.Encoding.LATIN1
    any_of = b"|".join(sorted({_GAP.join(re2.findall(rb"[0-9A-Za-z]+", _plain(phrase))) for phrase in phrases}))
    return re2.compile(rb"(?:\b|_)(?:" + any_of + rb")(?:\b|_)", options)


@lru_cache(maxsize=1)
def _outcome_phrases() -> frozenset[str]:
    """Outcome words without those that need a goal, but for the goal `to death` itself."""
    words = (word for found in outcome_words().values() for word in found)
    return frozenset(" ".join(word.words) for word in words if word.form not in GOAL_FORMS) | {"to death"}


@lru_cache(maxsize=1)
def _any_pattern() -> Any:
    return _pattern(_outcome_phrases().union(*_goals().values()))


@lru_cache(maxsize=1)
def _outcome_pattern() -> Any:
    return _pattern(_outcome_phrases())


def _goals() -> dict[str, frozenset[str]]:
    """The words for the goal of each form of verbs that need one, `to death` left out: its goal stands for its verbs."""
    hit = frozenset(f"{before} {part}" for before in _BEFORE_BODY_PART for part in cues("body_part"))
    return {"to_hospital": cues("hospital"), "in_body": hit}


@lru_cache(maxsize=1)
def _ways() -> tuple[tuple[Any, Any], ...]:
    """For each form of verbs that need a goal: the verbs, and the words for their goal."""
    return tuple((_pattern(goal_verbs(form)), _pattern(goals)) for form, goals in _goals().items())


@lru_cache(maxsize=1)
def _attack_pattern() -> Any:
    return _pattern(place_words().attacks | cues("incident"))


def outcome_places(text: str) -> list[int]:
    """Return where outcome words may stand in the text, in characters, rising; [] for a text that has no casualty figure."""
    plain = _plain(text)
    if _any_pattern().search(plain) is None:
        return []
    found = [match.start() for match in _outcome_pattern().finditer(plain)]
    for verbs, goals in _ways():
        if goals.search(plain) is not None:
            found += [match.start() for match in verbs.finditer(plain)]
    return sorted(set(found))


def is_within(places: list[int], start: int, end: int) -> bool:
    """Whether one of the rising places lies in [start, end)."""
    first = bisect_left(places, start)
    return first < len(places) and places[first] < end


def tells_of_attack(text: str) -> bool:
    """Whether the text has a word for an attack: then it may tell of an incident in which nobody was hurt."""
    return _attack_pattern().search(_plain(text)) is not None
