"""No running toll and no toll of a period enters an incident's sum or comparison: shown over every mart there is.

The marts are asked for, not listed: a view or macro that is added is covered, or this test says that it does not know it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.warehouse.made import READ_AT, empty_warehouse, put_article, put_figure, put_place
from warehouse.rebuild import rebuild_core, rebuild_marts

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration
DAY, LAST = date(2018, 7, 25), date(2018, 7, 26)
# Numbers that occur nowhere else: whatever a mart makes of an incident, none of these may be in it.
RUNNING = {"cumulative": (70001, 70002, 70003, 70004), "period": (80001, 80002)}
# What speaks of running tolls on purpose, by the beginning of its name.
OF_SERIES = ("series_",)
# What to give for each parameter of a table macro; one that is not here must be added, so that the macro is looked at.
ARGUMENTS = {"day": "DATE '2030-01-01'", "source": "'mart.tolls'", "voice": "'origin'", "rule_set": "'acled'"}


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    """One attack in three papers, each of which also prints running tolls and tolls of a month: in body, title, as wholes and shares."""
    made = empty_warehouse()
    place = put_place(made, "Suwayda", 32.7, 36.57, admin1="As-Suwayda")
    event = {"event_date_start": DAY, "event_date_end": DAY, "date_basis": "stated", **place}
    for number, (paper, source) in enumerate((("BBC News", "SOHR"), ("Al-Dostor", "SOHR"), ("A Paper", None))):
        article = f"a{number}"
        version = put_article(made, article, publisher=paper, published_on=LAST, text=f"News {number} of Suwayda, told by {paper}.")
        put_figure(made, version, article, str(40 + number), source_text=source, char_start=0, **event)
        for position, (scope, count) in enumerate((scope, count) for scope, counts in RUNNING.items() for count in counts):
            given: dict[str, Any] = {"source_text": source, "scope": scope, "char_start": 10 + position, "in_title": position == 0}
            given |= {"victim_status": "civilian"} if position % 2 else {}
            put_figure(made, version, article, str(count), **event, **given)
    rebuild_core(made, READ_AT)
    rebuild_marts(made)
    return made


def _relations(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Return what can be selected from in schema mart: tables, views, and table macros with arguments."""
    tables = con.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'mart'").fetchall()
    macros = con.execute(
        "SELECT function_name, parameters FROM duckdb_functions() WHERE schema_name = 'mart' AND function_type = 'table_macro'"
    ).fetchall()
    unknown = {parameter for _, parameters in macros for parameter in parameters} - set(ARGUMENTS)
    assert not unknown, "say in ARGUMENTS what these parameters of macros are to be given"
    called = [f"{name}({', '.join(ARGUMENTS[parameter] for parameter in parameters)})" for name, parameters in macros]
    return [name for (name,) in tables] + called


def test_no_running_toll_is_in_any_row_of_any_mart_of_incidents(con: duckdb.DuckDBPyConnection) -> None:
    figures = con.execute("SELECT figure_id FROM core.figures WHERE scope <> 'incident'").fetchall()
    forbidden = {str(number) for counts in RUNNING.values() for number in counts} | {str(figure) for (figure,) in figures}
    looked_at = []
    for relation in _relations(con):
        if relation.startswith(OF_SERIES):
            continue
        rows = con.execute(f"SELECT * FROM mart.{relation}").fetchall()
        words = {word for row in rows for value in row for word in _words(value)}
        assert not words & forbidden, relation
        looked_at += [relation] if rows else []
    assert {"figure_comparison", "incident_tolls", "toll_revisions", "article_incidents"} <= set(looked_at), "each has something to show"


def test_they_are_in_no_report_of_an_incident_but_the_cumulative_ones_stand_in_series(con: duckdb.DuckDBPyConnection) -> None:
    of_incidents = "SELECT DISTINCT scope FROM core.report_figures JOIN core.figures USING (figure_id)"
    assert con.execute(of_incidents).fetchall() == [("incident",)]
    assert con.execute("SELECT lowest, highest FROM mart.incident_tolls").fetchall() == [(40, 42)]
    shown = {row[0] for row in con.execute("SELECT count_shown FROM mart.series_comparison").fetchall()}
    assert shown and all("7000" in count for count in shown)


def _words(value: Any) -> list[str]:
    """Return what a value holds, as words: numbers in lists and in texts included."""
    if isinstance(value, list | tuple | dict):
        return [word for item in (value.values() if isinstance(value, dict) else value) for word in _words(item)]
    return str(value).replace(".0", "").split()
