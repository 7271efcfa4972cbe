"""Which party of a conflict a source belongs to, and when: by written rules that are the same for every side.

1. Health authorities, hospitals and rescue services belong to no party, whoever runs them. Their parent says who does.
2. What `affiliations.csv` says of a source holds, with its conflict and days.
3. An armed group is its own party. A state's forces are that state's army; other forces are their own party.
4. A government, or any other source that `conflicts.csv` lists as a party, is its own party in that conflict.
5. Any other source has the affiliations of the body that it is part of.

So a state's news agency speaks for a party where its state fights, and is a medium like others elsewhere. docs/sources.md
says it to users.

Belongs here: these rules. Keep out: which affiliation holds on a given day (the marts).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pycountry

from transforms.errors import LexiconError
from transforms.lexicon import Entry, load
from transforms.sources.groups import armies
from transforms.sources.known import GOVERNMENT, Source, named, states
from transforms.sources.parents import ancestors, parent_of

TIES = frozenset({"itself", "run_by", "outlet", "member", "close"})
PART_OF = "part_of"
NO_PARTY = frozenset({"medical", "rescue"})
_CONFLICTS, _AFFILIATIONS = "conflicts", "affiliations"


@dataclass(frozen=True, slots=True)
class Conflict:
    """An armed conflict: where it is fought (ISO 3166-1 alpha-2), its first and last day (None: open), who fights, a reference."""

    name: str
    countries: tuple[str, ...]
    begins: date | None
    ends: date | None
    parties: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Affiliation:
    """One tie of a source to a party.

    tie: `itself`, `run_by`, `outlet`, `member`, `close`, or `part_of` when it follows from the body above. conflict: None where
    it holds in every country. valid_from, valid_until: first and last day, None: open. reference: None where a rule says it.
    """

    party: str
    tie: str
    conflict: str | None
    countries: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    why: str
    reference: str | None


@lru_cache(maxsize=1)
def conflicts() -> dict[str, Conflict]:
    """Return the conflicts of the lexicon by name. Raises LexiconError for an unknown party or country, or days in wrong order."""
    found = {}
    for entry in load(_CONFLICTS, frozenset({"conflict"})):
        countries = tuple(entry.extra["countries"].split("|"))
        unknown = [code for code in countries if pycountry.countries.get(alpha_2=code) is None]
        if unknown:
            raise LexiconError(f"{entry.term!r}: {unknown[0]!r} is no country code", file="conflicts.csv")
        parties = tuple(_party(name, entry.term, "conflicts.csv") for name in entry.extra["parties"].split("|"))
        found[entry.term] = Conflict(entry.term, countries, *_days(entry, "conflicts.csv"), parties, entry.extra["reference"])
    return found


@lru_cache(maxsize=1)
def listed() -> dict[str, tuple[Affiliation, ...]]:
    """Return what affiliations.csv says, by source. Raises LexiconError for an unknown source, party or conflict, or wrong days."""
    found: dict[str, tuple[Affiliation, ...]] = {}
    for entry in load(_AFFILIATIONS, TIES):
        source = named(entry.term)
        if source is None or source.name != entry.term:
            raise LexiconError(f"{entry.term!r} is no source of sources.csv", file="affiliations.csv")
        conflict = conflicts().get(entry.extra["conflict"])
        if entry.extra["conflict"] and conflict is None:
            raise LexiconError(f"{entry.term!r}: {entry.extra['conflict']!r} is no conflict of conflicts.csv", file="affiliations.csv")
        made = Affiliation(
            _party(entry.extra["party"], entry.term, "affiliations.csv"),
            entry.term_class,
            conflict.name if conflict else None,
            conflict.countries if conflict else (),
            *_within(conflict, *_days(entry, "affiliations.csv")),
            entry.why,
            entry.extra["reference"],
        )
        found[entry.term] = (*found.get(entry.term, ()), made)
    return found


@lru_cache(maxsize=4096)
def affiliations(source: Source) -> tuple[Affiliation, ...]:
    """Return the affiliations of a source, by the rules above; () for one that no lexicon and no rule knows."""
    if not source.is_known or source.kind in NO_PARTY:
        return ()
    if source.name in listed():
        return listed()[source.name]
    if source.kind in ("armed_group", "military"):
        return (Affiliation(_force(source), "itself", None, (), None, None, "a force that speaks for itself", None),)
    own = tuple(
        Affiliation(source.name, "itself", each.name, each.countries, each.begins, each.ends, "fights in this conflict", each.reference)
        for each in conflicts().values()
        if source.name in each.parties
    )
    parent = parent_of(source)
    if own or parent is None:
        return own
    return tuple(replace(each, tie=PART_OF, why=f"part of {parent.name}: {each.why}") for each in affiliations(parent))


def latest(source: Source) -> str | None:
    """Return the party that a source belongs to now, or belonged to last, in any conflict; several are joined by ` / `."""
    found = affiliations(source)
    if not found:
        return None
    last = max(each.valid_until or date.max for each in found)
    return " / ".join(dict.fromkeys(each.party for each in found if (each.valid_until or date.max) == last))


def _force(source: Source) -> str:
    """Return the party that a force is: the army of its state under the name that attackers have, else itself."""
    of_state = any(above.name.startswith(GOVERNMENT) and above.country == source.country for above in ancestors(source))
    if not of_state or source.country is None:
        return source.name
    adjective = next((state.adjectives[0] for state in states() if state.country == source.country and state.adjectives), None)
    return armies().get(source.country) or (f"{adjective} army" if adjective else source.name)


def _party(name: str, term: str, file: str) -> str:
    source = named(name)
    if source is None:
        raise LexiconError(f"{term!r}: the party {name!r} is in neither groups.csv nor sources.csv, and no state's government", file=file)
    return source.name


def _within(conflict: Conflict | None, first: date | None, last: date | None) -> tuple[date | None, date | None]:
    """Return the days of a tie that lie in its conflict."""
    if conflict is None:
        return first, last
    return max(filter(None, (first, conflict.begins)), default=None), min(filter(None, (last, conflict.ends)), default=None)


def _days(entry: Entry, file: str) -> tuple[date | None, date | None]:
    try:
        first, last = (date.fromisoformat(entry.extra[name]) if entry.extra[name] else None for name in ("from", "until"))
    except ValueError:
        raise LexiconError(f"{entry.term!r}: `from` and `until` are days like 2011-03-15, or empty", file=file) from None
    if first and last and first > last:
        raise LexiconError(f"{entry.term!r}: `until` {last} lies before `from` {first}", file=file)
    return first, last
