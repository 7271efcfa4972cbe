"""A reading laid over its article: every figure and everything left out as a mark in the text, with rule or reason.

People tune the lexicons with it.

Belongs here: the marks and the text cut at them. Keep out: reading itself, and how marks look on a terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from transforms.reading.document import Article, Reading

_FIELDS = ("relation", "scope", "stance", "victim_text", "victim_status", "source_text", "place_text", "event_date_start", "cause_kind")
# What goes without saying is not shown.
_USUAL = frozenset({"total", "incident", "asserted", "unknown", "none"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One span [start, end) of title or text (`in_title`), in characters.

    number: 1, 2, … for figures in the order of the reading; None for what was considered and left out. says: what the figure
    says (`killed: at least 12`), or why it was left out. rule: the rule that made the figure. details: its other fields.
    """

    in_title: bool
    start: int
    end: int
    number: int | None
    says: str
    rule: str | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text without marks inside, the marks that begin at its start, and those that end at its end."""

    text: str
    opens: tuple[Mark, ...]
    closes: tuple[Mark, ...]


def marks(reading: Reading) -> tuple[Mark, ...]:
    """Return the marks of a reading, title first, in the order of the text."""
    numbers = {row["figure_id"]: number for number, row in enumerate(reading.figures, 1)}
    found = [_of_figure(row, number, numbers) for number, row in enumerate(reading.figures, 1)]
    for note in dict.fromkeys(reading.dropped):
        found.append(Mark(note.in_title, note.char_start, note.char_end, None, note.why))
    return tuple(sorted(found, key=lambda mark: (not mark.in_title, mark.start, mark.end)))


def pieces(article: Article, found: Sequence[Mark], *, in_title: bool) -> Iterator[Piece]:
    """Cut the title or the text at its marks. Joined again, the pieces are the whole of it, character by character."""
    text = (article.title or "") if in_title else article.text
    here = [mark for mark in found if mark.in_title == in_title]
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in here:
        opening.setdefault(mark.start, []).append(mark)
        closing.setdefault(mark.end, []).append(mark)
    cuts = sorted({0, len(text), *opening, *closing})
    for start, end in pairwise(cuts):
        yield Piece(text[start:end], tuple(opening.get(start, ())), tuple(closing.get(end, ())))


def _of_figure(row: Mapping[str, Any], number: int, numbers: Mapping[int, int]) -> Mark:
    details = [(name, str(row[name])) for name in _FIELDS if row.get(name) is not None and row[name] not in _USUAL]
    for name, word in (("part_of_figure_id", "part of"), ("supersedes_figure_id", "in place of")):
        if row.get(name) in numbers:
            details.append((word, f"#{numbers[row[name]]}"))
    if row.get("flags"):
        details.append(("flags", ", ".join(row["flags"])))
    says = f"{row['outcome']}: {count(row['count_min'], row['count_max'], row['bound'])}"
    return Mark(row["in_title"], row["char_start"], row["char_end"], number, says, row["rule"], tuple(details))


def count(lowest: int | None, highest: int | None, bound: str) -> str:
    """Return a count in words: `12`, `at least 12`, `12 to 15`; lowest and highest in persons, None = open on that side."""
    if lowest is None and highest is None:
        return "a number that is not said"
    if lowest is None or highest is None:
        return f"at most {highest}" if lowest is None else f"at least {lowest}"
    number = str(lowest) if lowest == highest else f"{lowest} to {highest}"
    return f"about {number}" if bound == "about" else number
