"""Bodies of an area or a state: one source, however the body, its head and the place are printed.

`Suwayda health director Hassan Amr`, `the head of Suweida's health authority` and `the health directorate in Sweida` are the
health authority of one area; `Russia's defence ministry`, `the defence ministry in Moscow` are one ministry. The rule is the
same for every side and for disputed territory: an authority is named by the area it serves, whoever runs it.

Belongs here: that rule. Keep out: names of organisations (`sources.csv`) and of persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import load
from transforms.sources.areas import area_name
from transforms.sources.keys import name_key
from transforms.sources.known import State, government_of, shown, state_words, states
from transforms.sources.words import any_of

_CLASSES = frozenset({"area", "state"})
_NAME = rf"(?:(?:[A-Z]|{any_of('arabic_article')}-)[\w\u2019'-]*)"
# A place before the body (`Suweida's health authority`) or behind it (`in Sweida`, `of the city of Sweida`).
_BEFORE = re.compile(rf"({_NAME}(?: {_NAME}){{0,3}})(?:'s|\u2019s|s')?(?: {any_of('area_word')})?$")
_BEHIND = re.compile(rf"^ ?(?:\w+ )?{any_of('place_link')}(?: the)?(?: {any_of('area_word')} of)? ({_NAME}(?: {_NAME}){{0,3}})")
_TITLES = re.compile(rf"(?<![\w-]){any_of('title')}(?![\w-])\s*", re.IGNORECASE)
_MAX = 200


@dataclass(frozen=True, slots=True)
class Body:
    """A body found in a phrase: its canonical name, what it is (`Police`), `area` or `state`, kind of source and country.

    parent_name: of a state's body, its government.
    """

    name: str
    what: str
    level: str
    kind: str
    country: str | None
    parent_name: str | None = None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, dict[str, tuple[str, str]], re.Pattern[str]], ...]:
    """Return level, phrase -> (body, kind), and the pattern of the phrases, areas first."""
    made = []
    for level in ("area", "state"):
        bodies = {
            entry.term: (entry.extra["body"], entry.extra["kind"]) for entry in load("source_bodies", _CLASSES) if entry.term_class == level
        }
        longest = sorted(bodies, key=len, reverse=True)
        made.append((level, bodies, re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b", re.IGNORECASE)))
    return tuple(made)


@lru_cache(maxsize=1)
def _state_pattern() -> re.Pattern[str]:
    words = sorted({word for state in states() for word in (state.name, *state.adjectives, *state.capitals)}, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, words)) + r")(?:'s|\u2019s|s(?=\s))?(?![\w-])")


def state_in(text: str) -> State | None:
    """Return the state that a phrase names by name, adjective or capital; None when it names none."""
    match = _state_pattern().search(text[:_MAX])
    if match is None:
        return None
    word = match.group()
    return state_words().get(name_key(word)) or state_words().get(name_key(word.removesuffix("s")))


def _place_near(text: str, start: int, end: int) -> str | None:
    """Return the place that stands with the words [start, end) of the text."""
    behind = _BEHIND.search(text[end:])
    if behind is not None:
        return behind.group(1)
    before = _TITLES.sub("", text[:start]).rstrip()
    match = _BEFORE.search(before)
    return match.group(1).removesuffix("'s").removesuffix("\u2019s") if match else None


def body_of(text: str, country: str | None) -> Body | None:
    """Return the body that a printed source is, when it is one of an area or a state.

    country: of the article's event (ISO 3166-1 alpha-2); a state's body that names no state is taken for that country's,
    unless the country is divided. None when the phrase has no such body, or no place and no country is known.
    """
    phrase = text[:_MAX]
    phrase = phrase.title() if phrase.isupper() else phrase
    for level, bodies, pattern in _patterns():
        match = pattern.search(phrase)
        if match is None:
            continue
        what, kind = bodies[match.group().lower()]
        if level == "area":
            place = _place_near(phrase, match.start(), match.end())
            if place is not None and name_key(place) and name_key(place) not in state_words():
                return Body(f"{what} of {area_name(place, country)}", what, level, kind, country)
            continue
        state = state_in(phrase)
        if state is None:
            state = next((known for known in states() if known.country == country and not known.divided), None)
        return None if state is None else Body(f"{what} of {shown(state)}", what, level, kind, state.country, government_of(state).name)
    return None
