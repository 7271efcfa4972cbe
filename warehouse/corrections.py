"""People's corrections: decisions on figures and incidents that outlive rebuilds and newer readers, and can be undone.

A correction is a signed row of `ops.corrections`. It speaks of figures, because figures keep their ids under every reader
and reports and incidents need not. Figures are corrected in `core.figures` with `review` saying so, and what the machine
had read is kept with the correction; incidents are put together and apart when they are linked (`incidents.py`).

Belongs here: deciding, undoing, listing, and replaying the corrections of figures. Keep out: groups of reports.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb

from transforms.contract import table
from transforms.errors import ContractError, InputError
from transforms.identity import hash63
from warehouse import load
from warehouse.incident_ids import find_incident
from warehouse.statements import statement
from warehouse.transaction import transaction

OF_FIGURES = ("confirm", "amend", "reject")
OF_INCIDENTS = ("merge", "split", "pin")
AMENDABLE = (
    *("outcome", "count_stated", "count_min", "count_max", "bound", "victim_status", "victim_group", "victim_side", "demographic"),
    *("relation", "scope", "stance", "event_date_start", "event_date_end", "place_text", "source_text", "source_kind"),
)
_REVIEW = {"confirm": "confirmed", "amend": "amended", "reject": "rejected"}
Row = Mapping[str, Any]


def correct_figure(
    con: duckdb.DuckDBPyConnection, kind: str, figure_id: int, why: str, by: str, now: datetime, new_values: Mapping[str, str] | None = None
) -> int:
    """Confirm, amend or reject a figure, at once and for good; returns the correction's id.

    new_values: of an amendment, columns of AMENDABLE and their values as text (empty = null). Raises InputError when there
    is no such current figure, reason or name are missing, or a value does not fit its column.
    """
    if not con.execute(statement("corrections/current_figure"), [figure_id]).fetchall():
        raise InputError(f"there is no current figure {figure_id}; `casualties incident ID --format csv` lists the ids")
    values = {name: _value(name, text) for name, text in (new_values or {}).items()}
    if kind == "amend" and not values:
        raise InputError("an amendment changes something: give COLUMN=VALUE")
    row = {"kind": kind, "figure_ids": [figure_id], "new_values": json.dumps(values, ensure_ascii=False, default=str) if values else None}
    try:
        with transaction(con):
            done = _decide(con, row, why, by, now)
            replay_on_figures(con)
    except (ContractError, duckdb.ConstraintException, duckdb.ConversionException) as error:
        raise InputError(f"figure {figure_id} cannot stand with these values: {error}") from error
    return done


def merge_incidents(con: duckdb.DuckDBPyConnection, one: str, other: str, why: str, by: str, now: datetime) -> int:
    """Write down that two incidents are one from the next rebuild on. Raises InputError for an unknown id or twice the same."""
    first, second = find_incident(con, one), find_incident(con, other)
    if first == second:
        raise InputError(f"both ids mean incident {first}: an incident cannot be merged with itself")
    sides = _figures_of(con, first), _figures_of(con, second)
    row = {"kind": "merge", "incident_id": first, "other_incident_id": second, "figure_ids": sides[0], "other_figure_ids": sides[1]}
    with transaction(con):
        return _decide(con, row, why, by, now)


def split_incident(con: duckdb.DuckDBPyConnection, number: str, article_ids: Sequence[str], why: str, by: str, now: datetime) -> int:
    """Write down that what some articles say of an incident is another incident from the next rebuild on.

    Raises InputError when an article reports nothing of it, or when nothing would be left on one side.
    """
    incident = find_incident(con, number)
    sides: tuple[list[int], list[int]] = ([], [])
    of_article: dict[str, list[int]] = {}
    for figure, article in con.execute(statement("corrections/incident_figures"), [incident]).fetchall():
        of_article.setdefault(article, []).append(int(figure))
    strangers = sorted(set(article_ids) - set(of_article))
    if strangers:
        raise InputError(f"article {strangers[0]} reports nothing of incident {incident}; its articles: {', '.join(sorted(of_article))}")
    for article, figures in of_article.items():
        sides[article not in article_ids].extend(figures)
    if not sides[0] or not sides[1]:
        raise InputError("a split needs at least one article on each side")
    row = {"kind": "split", "incident_id": incident, "figure_ids": sides[0], "other_figure_ids": sides[1]}
    with transaction(con):
        return _decide(con, row, why, by, now)


def pin_incident(con: duckdb.DuckDBPyConnection, number: str, why: str, by: str, now: datetime) -> int:
    """Write down that the reports of an incident stay together, whatever a later linking says; others may still join."""
    incident = find_incident(con, number)
    with transaction(con):
        return _decide(con, {"kind": "pin", "incident_id": incident, "figure_ids": _figures_of(con, incident)}, why, by, now)


def undo(con: duckdb.DuckDBPyConnection, correction_id: int, why: str, by: str, now: datetime) -> Row:
    """Take a correction back; the row stays, signed. Returns it. Raises InputError when there is none in force."""
    _signed(why, by)
    found = load.fetch_rows(con, "FROM ops.corrections WHERE correction_id = ? AND undone_at IS NULL", [correction_id])
    if not found:
        raise InputError(f"no correction {correction_id} is in force; `casualties corrections list` shows the ids")
    with transaction(con):
        con.execute(statement("corrections/undo"), [load.utc(now), by.strip(), why.strip(), correction_id])
        replay_on_figures(con)
    return found[0]


def list_corrections(con: duckdb.DuckDBPyConnection, *, everything: bool = False) -> list[dict[str, Any]]:
    """Return the corrections in force, oldest first, with `n_current`: how many of their figures are still read.

    everything: also those that were taken back.
    """
    return load.fetch_rows(con, statement("corrections/list"), {"everything": everything})


def replay_on_figures(con: duckdb.DuckDBPyConnection) -> None:
    """Bring every current figure to what the machine read and people corrected, in the order in which they decided.

    To be called inside a transaction. A figure that a newer reader read anew is corrected again.
    """
    of_figure: dict[int, list[dict[str, Any]]] = {}
    for row in load.fetch_rows(con, statement("corrections/of_figures")):
        of_figure.setdefault(int(row["figure_ids"][0]), []).append(row)
    for figure_id, decided in of_figure.items():
        current = load.fetch_rows(con, statement("corrections/current_figure"), [figure_id])
        if current:
            _replay(con, figure_id, current[0], decided)


def _replay(con: duckdb.DuckDBPyConnection, figure_id: int, current: Row, decided: Sequence[Row]) -> None:
    kept = next((row["machine_values"] for row in decided if row["machine_values"]), None)
    if current["review"] == "machine_read" or kept is None:
        machine = {name: current[name] for name in AMENDABLE}
    else:
        machine = json.loads(kept)
    in_force = [row for row in decided if row["undone_at"] is None]
    values, review = dict(machine), "machine_read"
    for row in in_force:
        values |= json.loads(row["new_values"] or "{}")
        review = "amended" if row["kind"] == "confirm" and review == "amended" else _REVIEW[row["kind"]]
    low, high = values["count_min"], values["count_max"]
    if low is not None and high is not None and int(low) > int(high):
        raise InputError(f"figure {figure_id}: at least {low} and at most {high} cannot both hold")
    if review != "machine_read" or current["review"] != "machine_read":
        con.execute(statement("corrections/set_figure"), {**values, "review": review, "figure_id": figure_id})
        con.execute(statement("corrections/keep_machine"), [json.dumps(machine, ensure_ascii=False, default=str), figure_id])


def _decide(con: duckdb.DuckDBPyConnection, row: Mapping[str, Any], why: str, by: str, now: datetime) -> int:
    _signed(why, by)
    moment = load.utc(now)
    sides = {"figure_ids": row["figure_ids"], "other_figure_ids": row.get("other_figure_ids", [])}
    correction_id = hash63("correction", row["kind"], *sides["figure_ids"], "|", *sides["other_figure_ids"], moment.isoformat())
    given = {**row, **sides, "correction_id": correction_id, "decided_at": moment, "decided_by": by.strip(), "why": why.strip()}
    load.insert_rows(con, "ops.corrections", [given])
    return correction_id


def _figures_of(con: duckdb.DuckDBPyConnection, incident_id: int) -> list[int]:
    return sorted(int(figure) for figure, _ in con.execute(statement("corrections/incident_figures"), [incident_id]).fetchall())


def _signed(why: str, by: str) -> None:
    if not why.strip() or not by.strip():
        raise InputError("a correction, and taking one back, needs a reason and a name: people must be able to ask who decided, and why")


def _value(name: str, text: str) -> object:
    """Return the value of a column from its text, or raise InputError that says what the column takes."""
    if name not in AMENDABLE:
        raise InputError(f"{name!r} cannot be amended; these can: {', '.join(AMENDABLE)}")
    column = table("core.figures").column(name)
    if text == "":
        if not column.null:
            raise InputError(f"{name} must not be empty")
        return None
    if column.allowed and text not in column.allowed:
        raise InputError(f"{name} takes one of {', '.join(map(str, column.allowed))}, not {text!r}")
    try:
        if column.type == "DATE":
            return date.fromisoformat(text).isoformat()
        return int(text) if column.type in ("BIGINT", "INTEGER", "UBIGINT") else text
    except ValueError:
        raise InputError(f"{name} is a {column.type}; {text!r} is none") from None


class Decisions:
    """What people decided of incidents, said of reports: which stand together, and which apart. Later decisions prevail."""

    def __init__(self, corrections: Iterable[Row], report_of: Mapping[int, int]) -> None:
        """corrections: rows of `corrections/of_incidents.sql`, oldest first. report_of: the report of each current figure."""
        self.said: dict[tuple[int, int], tuple[bool, str]] = {}
        self.remembered: dict[int, int] = {}
        for row in corrections:
            sides = [
                sorted({report_of[figure] for figure in row[name] if figure in report_of}) for name in ("figure_ids", "other_figure_ids")
            ]
            if row["undone_at"] is not None:
                for name, former in (("figure_ids", row["incident_id"]), ("other_figure_ids", row["other_incident_id"])):
                    self.remembered.update((figure, former) for figure in row[name] if former is not None and row["kind"] == "merge")
                continue
            words = f"decided by {row['decided_by']}: {row['why']}"
            together = [sides[0] + sides[1]] if row["kind"] == "merge" else [sides[0]]
            for reports in together:
                self.said.update((pair, (True, words)) for pair in _pairs(reports, reports))
            if row["kind"] == "split":
                self.said.update((pair, (False, words)) for pair in _pairs(*sides))

    def together(self) -> list[tuple[int, int]]:
        """Return the pairs of reports that stand together."""
        return sorted(pair for pair, (joined, _) in self.said.items() if joined)

    def parted(self) -> list[tuple[int, int]]:
        """Return the pairs of reports of which a person said that they are not of one incident."""
        return sorted(pair for pair, (joined, _) in self.said.items() if not joined)

    def of_report(self) -> dict[int, str]:
        """Return the latest decision on each report that was decided on, in words."""
        return {report: words for pair, (_, words) in self.said.items() for report in pair}


def _pairs(one: Sequence[int], other: Sequence[int]) -> Iterable[tuple[int, int]]:
    return sorted({(min(left, right), max(left, right)) for left in one for right in other if left != right or len(one) == 1})
