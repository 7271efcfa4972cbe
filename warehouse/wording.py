"""How cells, days and marks are said to people: the same words in the terminal and on the report's pages.

Belongs here: short texts made from values. Keep out: layout, escaping.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from transforms.lexicon import load
from warehouse.comparison import ALL, ANY_ORIGIN, Cell, Incident, Origin, Revision
from warehouse.marks import PARAPHRASE

__all__ = [
    "PARAPHRASE",
    "agreement",
    "country",
    "days",
    "kind",
    "movement",
    "number",
    "party",
    "resting",
    "says",
    "since",
    "span",
    "where",
    "whom",
]

PEOPLE = {"people": "people (everyone counted)", "civilian": "civilians", "combatant": "combatants"}
SIDES = {"attacked": "side that was attacked", "attacking": "side that attacked", "unknown": "side not told"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
AGREEMENT = {
    "compatible": "no conflict: these numbers can all hold",
    "overlap": "no conflict, but not every number leaves room for the other",
    "not_comparable": "not comparable: they stopped counting at different times",
    "conflict": "in conflict: these numbers cannot all hold",
}
UNORDERED, LATER = " / ", " → "


def whom(cell: Cell) -> str:
    """Return whom the cell counts: `civilians: children · side that was attacked`."""
    status = PEOPLE[cell.victim_status] if cell.demographic == ALL else f"{cell.victim_status}: {cell.demographic}".replace("people: ", "")
    return f"{status} · {SIDES[cell.victim_side]}"


def span(cell: Cell) -> str:
    """Return the range over several origins: `118 to 246`, `246`; '' when there is one origin: its own words say it better."""
    if cell.n_origins < 2 or cell.lowest is None or cell.highest is None:
        return ""
    return number(cell.lowest) if cell.lowest == cell.highest else f"{number(cell.lowest)} to {number(cell.highest)}"


def number(value: int | None) -> str:
    """Return a number of people with separated thousands; '' for none."""
    return "" if value is None else f"{value:,}"


def agreement(cell: Cell) -> str:
    """Return what the origins' numbers are to each other; '' when there is only one origin."""
    apart = ""
    if cell.gap is not None:
        apart = f" ({number(cell.gap)} apart{f', {cell.gap_ratio:.1f} ×' if cell.gap_ratio else ''})"
    return AGREEMENT.get(cell.status, "") + apart


def resting(cell: Cell) -> str:
    """Return how the range moves without what it may rest on: `without the lowest origin from 20, without the highest up to 20; …`.

    Told is only what differs from the range of the cell, and what leaves nothing at all (`without unreviewed figures nothing`).
    '' for one origin, and where nothing moves the range.
    """
    if cell.n_origins < 2:
        return ""
    told = []
    for rest in cell.without:
        if rest.what == ANY_ORIGIN:
            moved = [f"without the lowest origin from {number(rest.lowest)}"] if rest.lowest != cell.lowest else []
            moved += [f"without the highest up to {number(rest.highest)}"] if rest.highest != cell.highest else []
            told += [", ".join(moved)] if moved else []
        elif rest.lowest is None or rest.highest is None:
            told.append(f"without {rest.what} nothing")
        elif (rest.lowest, rest.highest) != (cell.lowest, cell.highest):
            left = number(rest.lowest) if rest.lowest == rest.highest else f"{number(rest.lowest)} to {number(rest.highest)}"
            told.append(f"without {rest.what} {left}")
    return "; ".join(told)


def days(first: date | None, last: date | None) -> str:
    """Return the days as people write them: `25–26 Jul 2018`, `30 Jul – 2 Aug 2018`, 'day unknown'."""
    if first is None or last is None:
        known = first or last
        return "day unknown" if known is None else _day(known)
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def kind(origin_kind: str | None) -> str:
    """Return what kind of source it is, in words."""
    return (origin_kind or "kind not known").replace("_", " ")


def party(name: str, affiliation: str | None, attacker: str | None) -> str:
    """Return whose side the source is on when it belongs to a party of the conflict, so that a party's own claim is seen as one.

    `party: ISIS, the attacker` when it is the group that most reports name as attacking; '' when it belongs to no party.
    """
    if attacker is not None and attacker in (name, affiliation):
        return f"party: {attacker}, the attacker"
    return f"party: {affiliation}" if affiliation else ""


def since(text: str | None, day: date | None) -> str:
    """Return the start of a running toll as printed, else as resolved, else that none is told."""
    return text or (_day(day) if day else "not told")


def says(origin: Origin) -> str:
    """Return what the origin says at the cut-off, with its stance where it does not simply assert it."""
    stance = "" if origin.stance == "asserted" else f" {origin.stance.replace('_', ' ')}"
    return f"{origin.count_shown}{' (sum of parts)' if origin.is_derived else ''}{stance}"


def movement(revisions: Sequence[Revision]) -> str:
    """Return how the origin's number moved: `156 / 183 / 221 → 246`; '/' stands between figures whose order is not known.

    A number that is repeated stands once. '' when there was only ever one number.
    """
    shown: list[tuple[str, str]] = []  # (what stands before it, number)
    for position, revision in enumerate(revisions):
        if shown and revision.count_shown == shown[-1][1]:
            continue
        together = position > 0 and not revision.order_known and revisions[position - 1].published_on == revision.published_on
        shown.append((UNORDERED if together else LATER, revision.count_shown))
    if len(shown) < 2:
        return ""
    # `≥221`: without the space, so that no line breaks within a number
    parts = [(before, text.replace(" ", "")) for before, text in shown]
    return "".join(text if position == 0 else before + text for position, (before, text) in enumerate(parts))


def where(incident: Incident) -> str:
    """Return what place, area and country of an incident add to its label, each once."""
    names = [incident.place_name, incident.place_admin, country(incident.country)]
    return ", ".join(dict.fromkeys(name for name in names if name and name not in incident.label))


def country(code: str | None) -> str | None:
    """Return the name of a country of ISO 3166-1 alpha-2 as people say it (`Syria`); the code itself where none is listed."""
    return _countries().get(code, code) if code else None


@cache
def _countries() -> dict[str, str]:
    return {entry.extra["country"]: entry.term for entry in reversed(load("states", frozenset({"state"})))}


def _day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
