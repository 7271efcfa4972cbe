"""What the lexicons say of sources, groups and states, in the shapes that the rules need.

Belongs here: reading `sources.csv`, `groups.csv`, `states.csv` and `source_roles.csv` into tables. Keep out: rules
that decide which source a printed name is (`canonical.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.contract import table
from transforms.errors import LexiconError
from transforms.identity import hash63
from transforms.lexicon import Entry, load
from transforms.sources.keys import name_key

FORMS = frozenset({"body", "person", "unnamed", "part"})
GOVERNMENT = "Government of "
_ACRONYM = 5
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")


@dataclass(frozen=True, slots=True)
class Source:
    """One canonical source: a party to whom figures are attributed, or a publisher that asserts them itself.

    source_id: hash of the canonical name. kind: the contract's source_kind, null when nothing says it. country: ISO
    3166-1 alpha-2. parent_name: canonical name of the body it speaks for or is part of. is_known: named by the lexicon
    or made by a written rule from it. is_unnamed: the one row for all unnamed sources of a publisher.
    """

    source_id: int
    name: str
    kind: str | None = None
    country: str | None = None
    parent_name: str | None = None
    is_known: bool = False
    is_unnamed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A state with the words that stand for it: its names and adjectives, and the capitals that speak for it.

    divided: rival authorities have bodies of the same name there.
    """

    name: str
    country: str
    capitals: tuple[str, ...]
    adjectives: tuple[str, ...]
    divided: bool


@dataclass(frozen=True, slots=True)
class Role:
    """A word of `source_roles.csv`: the kind of source it makes, its form, and how far it decides the kind (1 to 4)."""

    kind: str
    form: str
    weight: int


def source_id(name: str) -> int:
    """Return the id of the source of that canonical name."""
    return hash63("source", name)


def kinds() -> frozenset[str]:
    """Return the source kinds of the contract."""
    return frozenset(table("core.figures").column("source_kind").allowed)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@lru_cache(maxsize=1)
def known_sources() -> tuple[Source, ...]:
    """Return the sources of the lexicon, in its order. Raises LexiconError when one names a parent that is not listed."""
    entries = load("sources", kinds())
    names = {entry.term for entry in entries}
    for entry in entries:
        if entry.extra["parent"] and entry.extra["parent"] not in names | {g.term for g in _group_entries()}:
            raise LexiconError(f"{entry.term!r} has the parent {entry.extra['parent']!r}, which is not listed", file="sources.csv")
    return tuple(
        Source(
            source_id(entry.term),
            entry.term,
            entry.term_class,
            entry.extra["country"] or None,
            entry.extra["parent"] or None,
            is_known=True,
        )
        for entry in entries
    )


@lru_cache(maxsize=1)
def by_name() -> dict[str, Source]:
    """Return the known sources by canonical name."""
    return {source.name: source for source in known_sources()}


@lru_cache(maxsize=1)
def source_aliases() -> dict[str, str]:
    """Return name key -> canonical name of every spelling that means one source everywhere."""
    found: dict[str, str] = {}
    for entry in load("sources", kinds()):
        for spelling in (entry.term, *_split(entry.extra["aliases"])):
            if not _DOMAIN.match(spelling):
                found.setdefault(name_key(spelling), entry.term)
    return found


@lru_cache(maxsize=1)
def local_aliases() -> dict[tuple[str, str], str]:
    """Return (name key, country of the article) -> canonical name, for names that are clear only there (`the Observatory`)."""
    return {
        (name_key(spelling), country): entry.term
        for entry in load("sources", kinds())
        for spelling in _split(entry.extra["local_aliases"])
        for country in _split(entry.extra["covers"])
    }


@lru_cache(maxsize=1)
def source_domains() -> dict[str, str]:
    """Return web domain (without `www.`) -> canonical name of the source whose site it is."""
    return {
        spelling.lower().removeprefix("www."): entry.term
        for entry in load("sources", kinds())
        for spelling in _split(entry.extra["aliases"])
        if _DOMAIN.match(spelling)
    }


def _group_entries() -> tuple[Entry, ...]:
    return load("groups", kinds())


@lru_cache(maxsize=1)
def group_aliases() -> dict[str, str]:
    """Return name key -> canonical name of every spelling of an armed group, army or side."""
    found: dict[str, str] = {}
    for entry in _group_entries():
        for spelling in (entry.term, *_split(entry.extra["aliases"])):
            found.setdefault(name_key(spelling), entry.term)
    return found


@lru_cache(maxsize=1)
def groups() -> dict[str, Source]:
    """Return the groups as sources (an army that speaks for itself), by canonical name."""
    return {
        entry.term: Source(source_id(entry.term), entry.term, entry.term_class, entry.extra["country"] or None, is_known=True)
        for entry in _group_entries()
    }


@lru_cache(maxsize=1)
def case_sensitive() -> frozenset[str]:
    """Return the name keys that are acronyms and would be read as words in lower case (`IS`, `WHO`, `AP`)."""
    spellings = [
        spelling.removeprefix("the ")
        for entry in (*load("sources", kinds()), *_group_entries())
        for spelling in (entry.term, *_split(entry.extra["aliases"]))
    ]
    acronyms = {name_key(spelling) for spelling in spellings if spelling.isupper() and len(spelling) <= _ACRONYM}
    return frozenset(acronyms - {name_key(spelling) for spelling in spellings if not spelling.isupper()})


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """Return the states of the lexicon."""
    return tuple(
        State(
            entry.term,
            entry.extra["country"],
            _split(entry.extra["capitals"]),
            _split(entry.extra["adjectives"]),
            bool(entry.extra["divided"]),
        )
        for entry in load("states", frozenset({"state"}))
    )


@lru_cache(maxsize=1)
def state_words() -> dict[str, State]:
    """Return name key -> state of every name, adjective and capital."""
    return {name_key(word): state for state in states() for word in (state.name, *state.adjectives, *state.capitals)}


def government_of(state: State) -> Source:
    """Return the government of a state: the lexicon's row where it has one, else one made by rule."""
    name = f"Government of {shown(state)}"
    listed = by_name().get(source_aliases().get(name_key(name), ""))
    return listed or Source(source_id(name), name, "government", state.country, is_known=True)


def shown(state: State) -> str:
    """Return the name of a state as it stands in names of its bodies."""
    return f"the {state.name}" if state.name.startswith("United") else state.name


def named(name: str) -> Source | None:
    """Return the source, group or state's government of this canonical name (articles aside); None when there is none."""
    key = name_key(name)
    found = by_name().get(name) or groups().get(name) or by_name().get(source_aliases().get(key, ""))
    if found is None and name.startswith(GOVERNMENT):
        state = state_words().get(name_key(name.removeprefix(GOVERNMENT)))
        return government_of(state) if state else None
    return found


@lru_cache(maxsize=1)
def roles() -> dict[str, Role]:
    """Return word (lower case) -> role. Raises LexiconError for an unknown form or a weight that is no number from 1 to 4."""
    found: dict[str, Role] = {}
    for entry in load("source_roles", kinds()):
        form, weight = entry.extra["form"], entry.extra["weight"]
        if form not in FORMS or weight not in {"1", "2", "3", "4"}:
            raise LexiconError(
                f"{entry.term!r}: form is one of {sorted(FORMS)} and weight 1 to 4, not {form!r}, {weight!r}", file="source_roles.csv"
            )
        found[entry.term] = Role(entry.term_class, form, int(weight))
    return found
