"""Incidents: groups of linked reports, with ids that stay.

Belongs here: groups in, core.incidents out. Keep out: probabilities (`linking.py`), what makes a group of them (`grouping.py`), and
what ties reports to incidents (`incident_links.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain, count
from typing import Any

import duckdb

from transforms.identity import hash63
from warehouse.corrections import Decisions
from warehouse.grouping_memory import group_remembering
from warehouse.incident_links import link_rows, report_rows, review
from warehouse.linking import find_pairs
from warehouse.linking_model import MODEL_FILE, load_model
from warehouse.load import fetch_rows, insert_rows
from warehouse.paths import DataFolder
from warehouse.statements import statement

_UNDATED = "day not known"
_UNPLACED = "place not known"


def former_incidents(con: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Return {figure_id: incident_id} as it stands, to be read before a rebuild empties the tables."""
    return dict(con.execute(statement("core/former_incidents")).fetchall())


def rebuild_incidents(
    con: duckdb.DuckDBPyConnection, former: Mapping[int, int], contained: Sequence[tuple[int, int]], folder: DataFolder | None = None
) -> None:
    """Fill core.incidents and core.incident_reports (empty before) from core.reports.

    former: what `former_incidents` gave. contained: pairs of reports, the second the larger, from `rebuild_reports`. folder:
    where a model of one's own may lie, and what the linking remembers; None: the shipped model, and no memory.
    """
    model = load_model(folder.linking_model if folder and folder.linking_model.exists() else MODEL_FILE)
    memory = folder.linking_memory if folder else None
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_reports AS {statement('core/link_inputs')}")
    reports = {row["report_id"]: row for row in fetch_rows(con, statement("core/link_reports"))}
    pairs = find_pairs(list(reports.values()), model, memory, lambda wanted: _words(con, wanted))
    con.execute("DROP TABLE link_reports")
    figures: dict[int, list[int]] = defaultdict(list)
    for report_id, figure_id in con.execute("SELECT report_id, figure_id FROM core.report_figures").fetchall():
        figures[report_id].append(figure_id)
    report_of = {figure: report for report, members in figures.items() for figure in members}
    decisions = Decisions(fetch_rows(con, statement("corrections/of_incidents")), report_of)
    groups = group_remembering(reports, pairs, model, decisions, memory)
    described = {row["report_id"]: row for row in fetch_rows(con, statement("core/reports_placed"))}
    forwards = dict(con.execute(statement("core/incident_forwards")).fetchall())
    ids = keep_ids(groups, figures, former, decisions.remembered, forwards)
    incident_of = {report: ids[index] for index, members in enumerate(groups) for report in members}
    containers = _containers(incident_of, contained)
    rows = (_incident(ids[index], [described[report] for report in members], containers) for index, members in enumerate(groups))
    reviewed = {incident_of[report] for report in decisions.of_report()}
    insert_rows(con, "core.incidents", (row | {"review": review(row["incident_id"] in reviewed)} for row in rows))
    within = pairs.within(incident_of)
    del reports, pairs, described, rows  # hundreds of megabytes that nothing below looks at
    insert_rows(con, "core.incident_reports", report_rows(incident_of, within, model, decisions.of_report()))
    for links in link_rows(incident_of, within, model):
        insert_rows(con, "core.incident_links", links)
    now_of = {figure: incident_of[report] for figure, report in report_of.items()}
    con.execute("DELETE FROM core.incident_forwards")
    found = forward(former, now_of, forwards, set(ids)).items()
    insert_rows(con, "core.incident_forwards", ({"former_incident_id": old, "incident_id": new} for old, new in sorted(found)))


def _words(con: duckdb.DuckDBPyConnection, reports: list[int]) -> list[str | None]:
    """Return the words of these reports, in their order."""
    found = dict(con.execute(statement("core/link_words"), {"reports": reports}).fetchall())
    return [found[report] for report in reports]


def forward(former: Mapping[int, int], now: Mapping[int, int], forwards: Mapping[int, int], ids: set[int]) -> dict[int, int]:
    """Return {former id: incident} for every id that was given out once and is no incident's now.

    former, now: the incident of each figure before and after. forwards: as they stood. ids: the incidents there are. An id
    leads to the incident to which most of its figures went, of equals the smallest; one whose figures are all gone, nowhere.
    """
    went: dict[int, Counter[int]] = defaultdict(Counter)
    for figure, incident in former.items():
        if figure in now:
            went[incident][now[figure]] += 1
    heirs = {old: min(found, key=lambda new: (-found[new], new)) for old, found in went.items()}
    led = {old: heirs.get(target, target) for old, target in forwards.items()}
    return {old: new for old, new in (led | heirs).items() if old not in ids and new in ids}


def keep_ids(
    groups: Sequence[Sequence[int]],
    figures: Mapping[int, Sequence[int]],
    former: Mapping[int, int],
    remembered: Mapping[int, int] | None = None,
    given_out: Iterable[int] = (),
) -> list[int]:
    """Return the incident id of each group.

    A group takes the id of the former incident with which it shares most figures; each id goes to one group only, the one
    that shares most. Of what is left, a group takes the id that a merge which was undone remembers (remembered: incident of
    a figure). The others get the first of their reports' ids that is not spoken for (by another group, a former incident, or
    given out before: given_out), or the first such hash over their first report.
    """
    ids: dict[int, int] = {}
    taken: set[int] = set()
    for known in (former, remembered or {}):
        shared: Counter[tuple[int, int]] = Counter()
        for index, members in enumerate(groups):
            for report in members:
                shared.update((index, known[figure]) for figure in figures.get(report, ()) if figure in known)
        for (index, incident), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0][1], item[0][0])):
            if index not in ids and incident not in taken:
                ids[index] = incident
                taken.add(incident)
    spoken_for = {*ids.values(), *former.values(), *given_out}
    for index, members in enumerate(groups):
        if index not in ids:
            # The hash may be spoken for as well: a report that once lent its hash to a group may have been split off it.
            hashes = (hash63("incident", members[0], again) for again in count())
            ids[index] = next(candidate for candidate in chain(members, hashes) if candidate not in spoken_for)
            spoken_for.add(ids[index])
    return [ids[index] for index in range(len(groups))]


def _containers(incident_of: Mapping[int, int], contained: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return {incident: larger incident}. The first text that places both decides; circles are left open."""
    found: dict[int, int] = {}
    for small, large in sorted(contained):
        inner, outer = incident_of[small], incident_of[large]
        chain, above = {inner}, outer
        while above not in chain and above in found:
            chain.add(above)
            above = found[above]
        if inner not in found and above not in chain:
            found[inner] = outer
    return found


def _incident(incident_id: int, reports: Sequence[Mapping[str, Any]], containers: Mapping[int, int]) -> dict[str, Any]:
    placed = [row for row in reports if row["place_text"] or row["country"]]
    votes = Counter(row["place_id"] for row in placed)
    place = max(placed, key=lambda row: (row["place_id"] is not None, row["is_main"], votes[row["place_id"]]), default=None)
    name = (place["place_name"] or place["place_text"] or place["place_admin"] or place["country"]) if place else None
    start, end = _span(reports)
    attackers = Counter(row["attacker_group"] for row in reports if row["attacker_group"])
    return {
        "incident_id": incident_id,
        "label": f"{name or _UNPLACED}, {_day_label(start, end)}",
        "event_date_start": start,
        "event_date_end": end,
        "place_id": place["place_id"] if place else None,
        "place_name": name,
        "place_admin": place["place_admin"] if place else None,
        "country": place["country"] if place else None,
        "attacker_group": max(sorted(attackers), key=lambda item: attackers[item]) if attackers else None,
        "n_reports": len(reports),
        "n_articles": len({row["article_id"] for row in reports}),
        "contained_in_incident_id": containers.get(incident_id),
    }


def _span(reports: Iterable[Mapping[str, Any]]) -> tuple[date | None, date | None]:
    """The days that most reports give; of equals the narrowest, then the earliest."""
    votes = Counter(
        (row["event_date_start"], row["event_date_end"] or row["event_date_start"])
        for row in reports
        if row["event_date_start"] is not None
    )
    if not votes:
        return None, None
    return max(votes, key=lambda days: (votes[days], days[0] - days[1], -days[0].toordinal()))


def _day_label(start: date | None, end: date | None) -> str:
    if start is None:
        return _UNDATED
    return str(start) if end in (None, start) else f"{start} to {end}"
