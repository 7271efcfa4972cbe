"""Find the people of an article who must be masked, with every place where they are named.

First the names that the words around them tell to be a victim's, a detainee's, a minor's or a private source's; then
those listed beside them; then every other mention of them in the article, by surname or given name.

Belongs here: putting evidence together for one article. Keep out: evidence itself (`evidence.py`), masking (`masking.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from transforms.naming.evidence import Evidence
from transforms.naming.runs import QUOTES, Run, Runs, Token, is_all_caps, tokens
from transforms.naming.vocabulary import given_names, tables
from transforms.sources.keys import name_key
from transforms.sources.known import group_aliases, source_aliases

KINDS = ("victim", "detainee", "minor", "source", "relative")
_JOINING = frozenset(
    {",", ";", "and", "&", "(", ")", "years", "old", "year", "injured", "killed", "aged", "a", "the", "his", "her", "their", "with"}
)
MAX_BETWEEN = 9
_HARM = frozenset({"victim", "detainee", "minor", "aged"})


@dataclass(frozen=True, slots=True)
class Named:
    """One mention: its span in the title (`in_title`) or the stored text, in characters."""

    in_title: bool
    char_start: int
    char_end: int


@dataclass(slots=True)
class Person:
    """One person to mask: the fullest name as printed, one of KINDS, and every mention."""

    name: str
    kind: str
    mentions: list[Named] = field(default_factory=list)


@lru_cache(maxsize=1)
def _skipped() -> frozenset[str]:
    return tables()["particle"] | tables()["suffix"]


class _Side:
    """The title or the text of an article, with its runs and their evidence."""

    def __init__(self, text: str, in_title: bool) -> None:
        self.text, self.in_title = text, in_title
        self.words = tokens(text)
        self.all_caps = is_all_caps(text)
        self.runs = Runs(self.words, self.all_caps).all()
        self.found: dict[int, set[str]] = {}
        self._parts: dict[Run, list[str]] = {}
        evidence = Evidence(self.words)
        for n, run in enumerate(self.runs):
            headline = self.is_headline(run) and self.words[run.first].lower not in given_names()
            self.found[n] = set() if headline else evidence.of(run)
            if self.all_caps and not self.is_sure(run, self.found[n]):
                self.found[n] = set()

    def is_headline(self, run: Run) -> bool:
        """Whether the words around are capitalised as in a headline, so that capitals tell nothing."""
        if self.all_caps:
            return False
        around = [w.text for w in self.words[max(0, run.first - 5) : run.last + 5] if w.text[0].isalpha() and len(w.text) > 3]
        beside = len(around) - (run.last - run.first)
        capital = sum(word[0].isupper() for word in around) - (run.last - run.first)
        return beside >= 4 and capital > 0.75 * beside

    def is_sure(self, run: Run, kinds: set[str]) -> bool:
        """In capitals: a given name in it, an age beside it, or at least two words."""
        names = {self.words[k].lower for k in range(run.first, run.last)}
        return bool(names & given_names()) or bool(kinds & {"aged", "minor", "office"})

    def parts(self, run: Run) -> list[str]:
        """The main parts of the name, in lower case: without particles, initials, suffixes and quotes."""
        if run not in self._parts:
            self._parts[run] = self.main_parts(run)
        return self._parts[run]

    def main_parts(self, run: Run) -> list[str]:
        skipped = _skipped()
        found = [w.lower for w in self.words[run.first : run.last] if w.text not in QUOTES and w.lower not in skipped]
        return [part for part in found if len(part.replace(".", "")) > 1 and part != ","]

    def between(self, one: Run, other: Run) -> bool:
        """Whether nothing but list marks, ages and relations stands between two runs."""
        words = self.words[one.last : other.first]
        kin = tables()["kin"] | tables()["courtesy"]
        return 0 < len(words) <= MAX_BETWEEN and all(
            w.lower in _JOINING
            or w.lower.isdigit()
            or w.lower.endswith("-year-old")
            or w.lower in kin
            or w.lower in ("man", "woman", "boy", "girl")
            for w in words
        )

    def pool(self) -> None:
        """Let all mentions of one full name share what is said at any of them."""
        by_name: dict[tuple[str, ...], set[str]] = {}
        for n, run in enumerate(self.runs):
            key = tuple(self.parts(run))
            if len(key) > 1:
                self.found[n] = by_name.setdefault(key, self.found[n]).__ior__(self.found[n])

    def is_byname(self, one: Run, other: Run) -> bool:
        """`Ann Doe (Umm Ali)`: another name in brackets right behind."""
        marks = [w.lower for w in self.words[one.last : other.first]], [w.lower for w in self.words[other.last : other.last + 1]]
        return marks == (["("], [")"])

    def spread(self) -> None:
        """Let the names of one list share what is said of one of them."""
        for order in (range(1, len(self.runs)), range(len(self.runs) - 1, 0, -1)):
            for n in order:
                one, other = self.found[n - 1], self.found[n]
                if self.is_byname(self.runs[n - 1], self.runs[n]):
                    other |= one & (_HARM | {"relative"})
                    continue
                alone = min(len(self.parts(self.runs[n - 1])), len(self.parts(self.runs[n]))) < 2
                if alone or not self.between(self.runs[n - 1], self.runs[n]):
                    continue
                if not (one | other) & {"office", "rank", "profession"}:
                    shared = (one | other) & (_HARM | {"relative", "source"})
                    one |= shared
                    other |= shared

    def span(self, first: int, last: int) -> Named:
        return Named(self.in_title, self.words[first].start, self.words[last - 1].end)


def find_people(title: str | None, text: str, figures: Iterable[Mapping[str, Any]] = ()) -> tuple[Person, ...]:
    """Return the people to mask in an article, with their mentions, in order of the first mention.

    figures: rows of `core.figures` of the article; names in those with `named_person`, and in the words for sources of
    kind witness, are masked too. Never raises for any text; takes time linear in its length.
    """
    figures = list(figures)
    sides = [_Side(title or "", True), _Side(text, False)]
    for side in sides:
        _from_figures(side, figures)
        side.pool()
        side.spread()
    chosen = _chosen(sides, bool(figures))
    return tuple(_with_mentions(sides, chosen))


def _from_figures(side: _Side, figures: Iterable[Mapping[str, Any]]) -> None:
    for figure in figures:
        if not figure.get("named_person") or figure.get("in_title") is not side.in_title:
            continue
        for n, run in enumerate(side.runs):
            span = side.span(run.first, run.last)
            if span.char_start < figure["char_end"] and figure["char_start"] < span.char_end:
                side.found[n].add("victim")


def _kind(kinds: set[str], n_parts: int, held: bool) -> str | None:
    """The kind to mask as, None for who stays named."""
    harm = kinds & _HARM
    if "office" in kinds or not kinds:
        return None
    if n_parts == 1 and ("place" in kinds or not kinds & _HARM):
        return None
    if kinds & {"rank", "profession"} and not kinds & {"victim", "detainee", "relative", "minor"}:
        return None
    if "minor" in kinds:
        return "minor"
    if "detainee" in kinds or ("aged" in kinds and held):
        return "detainee"
    if harm:
        return "victim"
    if "relative" in kinds:
        return "relative"
    return "source" if "source" in kinds and n_parts > 1 else None


def _is_known_body(name: str) -> bool:
    """Whether the lexicons know the name as that of a source or an armed group: those are never masked."""
    key = name_key(name)
    return key in source_aliases() or key in group_aliases()


@dataclass(slots=True)
class _Chosen:
    """Parts of names of the people to mask: part -> person; and those of people who stay."""

    people: list[tuple[Person, list[str]]] = field(default_factory=list)
    staying: set[str] = field(default_factory=set)


def _chosen(sides: list[_Side], has_figures: bool) -> _Chosen:
    chosen = _Chosen()
    merged: dict[tuple[str, ...], set[str]] = {}
    printed: dict[tuple[str, ...], str] = {}
    for side in sides:
        for n, run in enumerate(side.runs):
            key = tuple(side.parts(run))
            if len(key) > 1 or (key and key[0] not in tables()["place"]):
                merged.setdefault(key, set()).update(side.found[n])
                printed.setdefault(
                    key, side.text[slice(side.span(run.first, run.last).char_start, side.span(run.first, run.last).char_end)]
                )
    offices = {key[-1] for key, kinds in merged.items() if "office" in kinds}
    professions = {key[-1] for key, kinds in merged.items() if kinds & {"rank", "profession"}}
    if has_figures and not any(side.all_caps for side in sides):
        for key, kinds in merged.items():
            if not kinds and len(key) > 1 and key[0] in given_names() and key[-1] not in professions | offices:
                kinds.add("source")  # a private person named in a report of casualties, whatever is said of them
    for key in sorted(merged, key=len, reverse=True):
        kinds = merged[key]
        kind = _kind(kinds, len(key), False)
        if kind is None or (len(key) == 1 and key[0] in offices) or _is_known_body(printed[key]):
            continue
        if kind == "source" and key[-1] in professions | offices:
            continue
        known = next((person for person, parts in chosen.people if set(key) <= set(parts)), None)
        if known is None:
            chosen.people.append((Person(printed[key], kind), list(key)))
    masked = {part for _, parts in chosen.people for part in parts}
    chosen.staying = {part for key, kinds in merged.items() if "office" in kinds for part in key} - masked
    _add_families(chosen, merged, printed)
    return chosen


def _add_families(chosen: _Chosen, merged: Mapping[tuple[str, ...], set[str]], printed: Mapping[tuple[str, ...], str]) -> None:
    """Who shares the surname of somebody to mask, and holds no office, is masked as a relative."""
    surnames = {parts[-1] for _, parts in chosen.people}
    for key, kinds in merged.items():
        alone = len(key) > 1 and key[-1] in surnames and not kinds & {"office", "rank", "profession"}
        if alone and not any(set(key) <= set(parts) for _, parts in chosen.people):
            chosen.people.append((Person(printed[key], "relative"), list(key)))


def _with_mentions(sides: list[_Side], chosen: _Chosen) -> list[Person]:
    """Fill in the mentions: in each run, the stretch from the first to the last part of somebody's name."""
    by_part: dict[str, list[int]] = {}
    for number, (_, parts) in enumerate(chosen.people):
        for part in parts:
            by_part.setdefault(part, []).append(number)
    for side in sides:
        for n, run in enumerate(side.runs):
            if side.found[n] & {"office"} and not set(side.parts(run)) <= set(by_part):
                continue
            _mention(side, run, chosen, by_part)
    people = [person for person, _ in chosen.people if person.mentions]
    return sorted(people, key=lambda person: (not person.mentions[0].in_title, person.mentions[0].char_start))


def _mention(side: _Side, run: Run, chosen: _Chosen, by_part: Mapping[str, list[int]]) -> None:
    hits = [i for i in range(run.first, run.last) if _is_part(side.words[i], by_part)]
    if not hits:
        return
    votes: dict[int, int] = {}
    for i in hits:
        for number in by_part[side.words[i].lower]:
            votes[number] = votes.get(number, 0) + 1
    best = max(votes, key=lambda number: (votes[number], set(chosen.people[number][1]) == set(side.parts(run)), -number))
    whole = set(side.parts(run)) <= set(chosen.people[best][1])
    first, last = (run.first, run.last) if whole else (hits[0], hits[-1] + 1)
    chosen.people[best][0].mentions.append(side.span(first, last))


def _is_part(word: Token, by_part: Mapping[str, list[int]]) -> bool:
    return word.lower in by_part
