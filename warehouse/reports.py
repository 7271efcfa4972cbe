"""Reports: what one article version says of one incident.

An article's figures of scope `incident` are split by day and place where the words tell them apart, and stay together
where they do not: what says neither day nor place goes on with what was told just before. Running tolls and tolls of a
period never enter a report, nor does a headline that repeats one. An attack that the same source tells apart, at a
named place inside the area for which it also gives a total, is a report of its own that is contained in the other's.

Belongs here: figures of one article in, reports out. Keep out: linking articles with each other (`linking.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from transforms.identity import hash63
from transforms.sources.attackers import attackers
from transforms.sources.groups import group_name
from warehouse import places
from warehouse.load import insert_rows, stream_rows
from warehouse.open_days import is_open, may_be_one
from warehouse.statements import statement

Row = Mapping[str, Any]
STATED = frozenset({"stated", "weekday", "relative", "year_elsewhere"})
AREAS = frozenset({"district", "admin1"})
WEAK_DAY_SLACK = 2  # days by which a day taken from dateline or publication may be off
MOST_OPEN = 40  # reports of one article that a further figure is held against, latest told first: bounds work on endless lists
SPOT_COLUMNS = (
    *("place_id", "place_text", "place_precision", "place_admin", "country"),
    *("event_date_start", "event_date_end", "month_day_start", "month_day_end", "weekday"),
)
OPEN_DAY = ("month_day_start", "month_day_end", "weekday")
_attackers = lru_cache(maxsize=1_000)(attackers)  # figures of one sentence come one after the other
PLACE_COLUMNS = ("place_id", "place_text", "place_precision", "place_admin", "country", "lat", "lon")


@dataclass(slots=True, eq=False)
class Report:
    """One report: its figures in order of the text, its row of core.reports, and the report it is contained in."""

    figures: list[Row] = field(default_factory=list)
    spots: dict[tuple[object, ...], list[Row]] = field(default_factory=dict)  # figures by day and place: each is compared once
    row: dict[str, Any] = field(default_factory=dict)
    container: Report | None = None

    def add(self, figure: Row) -> None:
        """Take a figure into the report."""
        self.figures.append(figure)
        self.spots.setdefault((*(figure[column] for column in SPOT_COLUMNS), figure["date_basis"] in STATED), []).append(figure)


def rebuild_reports(con: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """Bring core.reports and core.report_figures up to date with the current figures: reports stay as long as all that they are made
    from is as it was, and so is this code.

    Returns (report_id, report_id of the larger report it is contained in) pairs.
    """
    con.execute(f"CREATE OR REPLACE TEMP TABLE report_inputs AS {statement('core/report_inputs')}")
    con.execute(statement("core/report_marks"), {"maker": _made_by()})
    con.execute(statement("core/report_stale"))
    rows: list[dict[str, Any]] = []
    links: list[tuple[int, int]] = []
    for _, group in groupby(stream_rows(con, statement("core/report_fresh")), key=lambda row: row["article_version_id"]):
        for report in make_reports(list(group)):  # nothing holds on to the figures of all articles
            rows.append(_row(report))
            links += [(figure["figure_id"], report.row["report_id"]) for figure in report.figures]
    con.execute("DROP TABLE report_inputs; DROP TABLE report_marks")
    insert_rows(con, "core.reports", rows)
    insert_rows(con, "core.report_figures", ({"figure_id": figure, "report_id": report} for figure, report in links))
    return con.execute("SELECT report_id, contained_in_report_id FROM core.reports WHERE contained_in_report_id IS NOT NULL").fetchall()


def _row(report: Report) -> dict[str, Any]:
    larger = report.container.row["report_id"] if report.container else None
    return {**report.row, "contained_in_report_id": larger, "made_from": report.figures[0]["made_from"]}


def _made_by() -> str:
    """Return a hash over the code and the words that make reports of figures."""
    here = Path(__file__).parent
    own = (here / name for name in ("reports.py", "places.py", "open_days.py", "sql/core/report_inputs.sql"))
    named = (
        path
        for folder, kind in (("sources", "*.py"), ("lexicon", "*.csv"))
        for path in sorted((here.parent / "transforms" / folder).glob(kind))
    )
    digest = hashlib.blake2b(duckdb.__version__.encode())
    for path in (*own, *named):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_reports(figures: Sequence[Row]) -> list[Report]:
    """Return the reports of one article version.

    figures: all its current figures, body before title, in order of the text: rows of `core/report_inputs.sql`.
    """
    reports: list[Report] = []
    told: list[Report] = []  # the same, in the order in which they were last told of
    home: dict[int, Report] = {}
    running = _running_tolls(figures)
    for figure in figures:
        if figure["scope"] != "incident" or (figure["in_title"] and _number(figure) in running):
            continue
        report = _relative(figure, home) or next((item for item in reversed(told[-MOST_OPEN:]) if _fits(figure, item)), None)
        if report is None:
            report = _new_report(figure, told[-MOST_OPEN:])
            reports.append(report)
        else:
            told.remove(report)
        told.append(report)
        report.add(figure)
        home[figure["figure_id"]] = report
    if reports:
        main = json.loads(figures[0]["main_incident"] or "{}") or {}
        _describe(reports, main)
    return reports


def _number(figure: Row) -> tuple[object, ...]:
    return tuple(figure[key] for key in ("outcome", "count_stated", "count_min", "count_max"))


def _running_tolls(figures: Iterable[Row]) -> set[tuple[object, ...]]:
    """The numbers that the body gives as running tolls or tolls of a period only: a headline that repeats one is that toll."""
    body = [figure for figure in figures if not figure["in_title"]]
    return {_number(figure) for figure in body if figure["scope"] != "incident"} - {
        _number(figure) for figure in body if figure["scope"] == "incident"
    }


def _relative(figure: Row, home: Mapping[int, Report]) -> Report | None:
    """A share goes with its whole, and a newer toll with the one it replaces, unless told of another day or place."""
    for key in ("part_of_figure_id", "supersedes_figure_id"):
        report = home.get(figure[key]) if figure[key] is not None else None
        if report is not None and _fits(figure, report):
            return report
    return None


def _fits(figure: Row, report: Report) -> bool:
    if _opens_another(figure, report):
        return False
    for rows in report.spots.values():
        place = places.relation(figure, rows[0])
        if place == "apart" or not same_time(figure, rows[0]):
            return False
        if place in ("within", "contains") and any(_told_apart(figure, row) or _told_apart(row, figure) for row in rows):
            return False
    return True


def _opens_another(figure: Row, report: Report) -> bool:
    """Whether a figure has a day and all told before has none, in an article of which nobody knows when it was published.

    The reader gives the day of the event being told to all of its figures: what is left without one is told of another. The same
    number told again is the same event.
    """
    if figure["published_on"] is not None or (figure["event_date_start"] is None and not is_open(figure)):
        return False
    told = report.figures
    return not any(
        row["event_date_start"] is not None or is_open(row) or row["sentence"] == figure["sentence"] or _number(row) == _number(figure)
        for row in told
    )


def _new_report(figure: Row, reports: Iterable[Report]) -> Report:
    """A report for a figure that fits none, with what contains it, and as what contains an earlier one."""
    new = Report()
    for report in reports:
        if any(_told_apart(figure, other) and same_time(figure, other) for other in report.figures):
            new.container = new.container or report
        elif report.container is None and any(_told_apart(other, figure) and same_time(figure, other) for other in report.figures):
            report.container = new
    return new


def _told_apart(part: Row, whole: Row) -> bool:
    """Whether one source gives a total for an area, and of the same people a share of it or a smaller number for a place
    of another name inside it.

    An equal number is the same toll told with a more precise place, not a second attack; headlines are too short to tell.
    """
    cell = ("outcome", "victim_status", "victim_group", "demographic", "source_text")
    if part["in_title"] or whole["in_title"] or whole["relation"] != "total" or whole["place_precision"] not in AREAS:
        return False
    if places.relation(part, whole) != "within" or part["supersedes_figure_id"] == whole["figure_id"]:
        return False
    counts = part["count_stated"], whole["count_stated"]
    smaller = None not in counts and counts[0] < counts[1] and all(part[key] == whole[key] for key in cell)
    return part["part_of_figure_id"] == whole["figure_id"] or (part["relation"] == "total" and smaller)


def same_time(one: Row, other: Row) -> bool:
    """Whether two rows can speak of one event by their days; a missing day speaks against nothing."""
    if one["event_date_start"] is None or other["event_date_start"] is None:
        return may_be_one(one, other)
    both_stated = one["date_basis"] in STATED and other["date_basis"] in STATED
    slack = timedelta(days=0 if both_stated else WEAK_DAY_SLACK)
    return _within(one, other, slack) and _within(other, one, slack)


def _within(one: Row, other: Row, slack: timedelta) -> bool:
    end: date = other["event_date_end"] or other["event_date_start"]
    start: date = one["event_date_start"]
    return start <= end + slack


def _describe(reports: Sequence[Report], main: Mapping[str, Any]) -> None:
    chief = max(range(len(reports)), key=lambda index: (*_likeness(reports[index], main), -index))
    taken: Counter[tuple[object, ...]] = Counter()
    for index, report in enumerate(reports):
        first = report.figures[0]
        place = _place(report)
        start, end = _days(report)
        open_day = (None, None, None) if start else _open_day(report)
        key = (place["place_id"] or (place["place_text"] or "").casefold(), start, end, *(open_day if any(open_day) else ()))
        report.row = {
            "report_id": hash63("report", first["article_version_id"], *key, taken[key] or None),
            "article_version_id": first["article_version_id"],
            "article_id": first["article_id"],
            "is_main": index == chief,
            "published_on": first["published_on"],
            "event_date_start": start,
            "event_date_end": end,
            **dict(zip(OPEN_DAY, open_day, strict=True)),
            **place,
            "attacker_group": _attacker(report),
            "victim_groups": sorted(
                {group_name(row["victim_group"]) or row["victim_group"] for row in report.figures if row["victim_group"]}
            ),
            "weapons": sorted({row["weapon_text"].casefold() for row in report.figures if row["weapon_text"]}),
            "n_figures": len(report.figures),
        }
        taken[key] += 1


def _likeness(report: Report, main: Mapping[str, Any]) -> tuple[int, int, int]:
    """How well a report answers to what the reader says of the article's main incident: day, place, then size."""
    day = sum(
        main.get("event_date_start") is not None and str(row["event_date_start"]) == main["event_date_start"] for row in report.figures
    )
    spot = sum(
        main.get("lat") is not None
        and (kilometres := places.kilometres(row, {"lat": main["lat"], "lon": main["lon"]})) is not None
        and kilometres < 1
        for row in report.figures
    )
    return (day > 0) + (spot > 0), len(report.figures), day + spot


def _place(report: Report) -> dict[str, Any]:
    """The place that most of its figures have; of equals the one of a total, then the first told."""
    placed = [row for row in report.figures if row["place_text"] or row["country"]]
    if not placed:
        return dict.fromkeys(PLACE_COLUMNS)
    votes = Counter(_place_key(row) for row in placed)
    totals = {_place_key(row) for row in placed if row["relation"] == "total"}
    best = max(placed, key=lambda row: (row["place_id"] is not None, votes[_place_key(row)], _place_key(row) in totals))
    return {column: best[column] for column in PLACE_COLUMNS}


def _place_key(row: Row) -> tuple[object, object]:
    return row["place_id"], None if row["place_id"] is not None else row["place_text"]


def _days(report: Report) -> tuple[date | None, date | None]:
    """The days that most of its figures have; stated days before inferred ones, narrow ranges before wide ones."""
    dated = [row for row in report.figures if row["event_date_start"] is not None]
    if not dated:
        return None, None
    votes = Counter((row["event_date_start"], row["event_date_end"] or row["event_date_start"]) for row in dated)
    stated = {(row["event_date_start"], row["event_date_end"] or row["event_date_start"]) for row in dated if row["date_basis"] in STATED}
    return max(votes, key=lambda days: (days in stated, votes[days], days[0] - days[1]))


def _open_day(report: Report) -> tuple[object, ...]:
    """What most of its figures say of a day that is no date, of equals what was told first."""
    votes = Counter(tuple(row[column] for column in OPEN_DAY) for row in report.figures if is_open(row))
    return max(votes, key=lambda days: votes[days], default=(None, None, None))


def _attacker(report: Report) -> str | None:
    """The group that most of its figures name as attacking: blamed, said to attack in the sentence, or the victims' own
    group where those are of the attacking side. None where none is named."""
    votes: Counter[str] = Counter()
    for row in report.figures:
        named = {group_name(row["blamed_text"] or ""), *_attackers(row["sentence"])}
        if row["victim_side"] == "attacking":
            named.add(group_name(row["victim_group"] or "") or row["victim_group"])
        votes.update(name for name in named if name)
    return max(sorted(votes), key=lambda name: votes[name]) if votes else None
