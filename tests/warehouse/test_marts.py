"""The marts against hand-computed rows; each row and each case says why."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.made import READ_AT, empty_warehouse, figure_row, put_article
from transforms.contract import table
from transforms.identity import hash63
from warehouse.load import fetch_rows, insert_rows
from warehouse.marts import TABLES, fill_marts
from warehouse.statements import statement

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration

FIXTURES = Path(__file__).parents[1] / "fixtures" / "marts"
FILES = ("suwayda.toml", "voices.toml", "conventions.toml")
CASES = [case for name in FILES for case in tomllib.loads((FIXTURES / name).read_text(encoding="utf-8"))["case"]]
# the first text of a story stands for it; a text of no named story is one of its own
STORIES = """
    CREATE TEMP TABLE story_of AS
    SELECT a.article_version_id, min(a.article_version_id) OVER (PARTITION BY coalesce(t.story, a.article_version_id::VARCHAR)) AS story_id
    FROM raw.articles AS a LEFT JOIN told AS t USING (article_version_id)
"""
VIEWS = (
    *("figure_comparison", "incident_tolls", "toll_revisions", "as_of", "not_in_figure_comparison"),
    *("origin_pairs", "relay_drift", "not_in_relay_drift", "source_agreement", "coverage", "tolls_under"),
)


def _put_case(con: duckdb.DuckDBPyConnection, case: dict[str, Any], number: int) -> dict[str, int]:
    """Put the articles and figures of a case, as one incident, and return the figures' ids by their names in the case."""
    versions: dict[tuple[str, int], int] = {}
    rows = []
    links: dict[int, float | None] = {}
    unread, foreign = set(), set()
    for item in case["figures"]:
        article, version = f"{number}-{item['article']}", item.get("version", 1)
        if (article, version) not in versions:
            publisher = item.get("publisher", f"publisher of {item['article']}")
            given = {"publisher": publisher, "version": version, "published_on": item["on"], "published_at": item.get("at")}
            versions[article, version] = put_article(con, article, first_seen_at=item.get("seen", READ_AT), **given)
        links[versions[article, version]] = item.get("link")
        if item.get("unread"):
            unread.add(versions[article, version])
        if item.get("not_read"):
            foreign.add(versions[article, version])
        if "story" in item:
            con.execute("INSERT INTO told VALUES (?, ?)", [versions[article, version], item["story"]])
        rows.append(_figure(item, versions[article, version], article, len(rows)))
    ids = {item["id"]: row["figure_id"] for item, row in zip(case["figures"], rows, strict=True)}
    for row, item in zip(rows, case["figures"], strict=True):
        if "part_of" in item:
            row |= {"relation": "part_of", "part_of_figure_id": ids[item["part_of"]]}
        row["supersedes_figure_id"] = ids.get(item.get("supersedes"))
    insert_rows(con, "core.figures", rows)
    incident = {"incident_id": number, "label": case["name"], "attacker_group": case.get("attacker"), "n_reports": 1, "n_articles": 1}
    insert_rows(con, "core.incidents", [incident])
    reports = [{"report_id": key, "article_version_id": key, "article_id": article} for (article, _), key in versions.items()]
    more = {"is_main": True, "victim_groups": [], "weapons": [], "n_figures": 1}
    insert_rows(con, "core.reports", [report | more for report in reports])
    link = {"incident_id": number, "link_basis": "made by hand", "model_version": "test"}
    linked = [link | {"report_id": key, "match_probability": probability} for key, probability in links.items()]
    insert_rows(con, "core.incident_reports", linked)
    reading = {"reader_version": "1", "read_at": READ_AT, "n_figures": 1, "n_quarantined": 0, "run_id": "test"}
    insert_rows(
        con,
        "ops.readings",
        [
            reading | {"article_version_id": key, "not_read": "language" if key in foreign else None}
            for key in versions.values()
            if key not in unread
        ],
    )
    return ids


def _figure(item: dict[str, Any], version: int, article: str, position: int) -> dict[str, Any]:
    return figure_row(
        version,
        article,
        item["says"],
        item.get("outcome", "killed"),
        name=item["id"],
        char_start=item.get("at_char", position * 10),
        in_title=item.get("in_title", False),
        victim_status=item.get("status", "unknown"),
        victim_group=item.get("group"),
        demographic=item.get("demographic"),
        scope=item.get("scope", "incident"),
        stance=item.get("stance", "asserted"),
        review=item.get("review", "machine_read"),
        origin_id=hash63("source", item["by"]),
        relayed_by=item.get("relayed_by"),
    )


def _derive(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the dimensions that the marts read, as a rebuild would leave them, and the marts."""
    con.execute(STORIES)
    con.execute("CREATE TEMP TABLE publisher_of AS SELECT DISTINCT publisher, hash(publisher) >> 1 AS publisher_id FROM raw.articles")
    for name in ("article_versions", "articles", "stories"):
        con.execute(statement(f"core/{name}"))
    names = {item["by"] for case in CASES for item in case["figures"]}
    sources = [{"source_id": hash63("source", name), "name": name, "is_known": True, "is_unnamed": False} for name in sorted(names)]
    insert_rows(con, "core.sources", sources)
    printed = fetch_rows(con, "SELECT DISTINCT publisher AS name, publisher_id FROM core.articles")
    insert_rows(con, "core.publishers", [row | {"source_id": hash63("source", row["name"])} for row in printed])
    con.execute("INSERT INTO core.report_figures BY NAME SELECT figure_id, article_version_id AS report_id FROM core.figures")
    fill_marts(con)


def _matches(row: dict[str, Any], wanted: dict[str, Any], ids: dict[str, int]) -> bool:
    names = {"figure": "figure_id", "previous": "previous_figure_id"}
    said = {key: ids[value] if key in names else None if value == "none" else value for key, value in wanted.items()}
    return all(row[names.get(key, key)] == value for key, value in said.items())


def _checks() -> list[Any]:
    return [
        pytest.param(number, view, expected, id=f"{case['name']}: {view}: {expected['why'][:60]}")
        for number, case in enumerate(CASES, 1)
        for view in VIEWS
        for expected in case.get(view, ())
    ]


@pytest.fixture(scope="module")
def built() -> tuple[duckdb.DuckDBPyConnection, dict[int, dict[str, int]]]:
    con = empty_warehouse()
    con.execute("CREATE TEMP TABLE told (article_version_id UBIGINT, story VARCHAR)")
    ids = {number: _put_case(con, case, number) for number, case in enumerate(CASES, 1)}
    _derive(con)
    return con, ids


@pytest.mark.parametrize(("number", "view", "expected"), _checks())
def test_a_view_has_exactly_one_such_row(built: Any, number: int, view: str, expected: dict[str, Any]) -> None:
    con, ids = built
    if view == "as_of":
        found = fetch_rows(con, "SELECT * FROM mart.as_of(?) WHERE incident_id = ?", [expected["day"], number])
    elif view == "origin_pairs":
        found = fetch_rows(con, "SELECT * FROM mart.origin_pairs() WHERE incident_id = ?", [number])
    elif view == "tolls_under":
        found = fetch_rows(con, "SELECT * FROM mart.tolls_under(?) WHERE incident_id = ?", [expected["convention"], number])
    elif view == "coverage":
        found = fetch_rows(con, "SELECT * FROM mart.coverage WHERE publisher = ?", [expected["publisher"]])
    elif view == "source_agreement":
        found = fetch_rows(con, "SELECT * FROM mart.source_agreement WHERE list_sort([origin, other_origin]) = ?", [expected["pair"]])
        for own, other, share in (("origin", "n_incidents", "share_of_other"), ("other_origin", "n_other_incidents", "share_by_other")):
            about = expected["of"][found[0][own]]
            assert (found[0][other], found[0][share]) == (about["incidents"], pytest.approx(about["share"])), expected["why"]
    else:
        found = fetch_rows(con, f"SELECT * FROM mart.{view.removeprefix('not_in_')} WHERE incident_id = ?", [number])
    matching = [row for row in found if _matches(row, expected["row"], ids[number])]
    assert len(matching) == (0 if view.startswith("not_in_") else 1), (CASES[number - 1]["why"], expected["why"], found)


def test_every_row_leads_to_figures_of_its_own_incident(built: Any) -> None:
    con, ids = built
    for name in ("figure_comparison", "incident_tolls", "toll_revisions", "relay_drift"):
        for incident, figures in con.execute(f"SELECT incident_id, figure_ids FROM mart.{name}").fetchall():
            assert figures and set(figures) <= set(ids[incident].values())


def test_the_table_holds_what_as_of_the_end_of_time_gives(built: Any) -> None:
    con, _ = built
    assert con.execute("FROM mart.figure_comparison EXCEPT FROM mart.as_of(DATE '9999-12-31')").fetchall() == []
    assert con.execute("FROM mart.as_of(DATE '9999-12-31') EXCEPT FROM mart.figure_comparison").fetchall() == []


def test_nothing_is_known_before_the_first_publication(built: Any) -> None:
    con, _ = built
    assert con.execute("FROM mart.as_of(?)", [date(2018, 7, 24)]).fetchall() == []


def test_each_article_has_its_incident(built: Any) -> None:
    con, ids = built
    assert con.execute("SELECT count(*), count(DISTINCT incident_id), bool_and(is_main) FROM mart.article_incidents").fetchall() == [
        (len({(number, item["article"]) for number, case in enumerate(CASES, 1) for item in case["figures"]}), len(ids), True)
    ]


def test_filling_twice_gives_the_same_rows_and_a_rereading_leaks_nothing(built: Any) -> None:
    con, _ = built
    before = [con.execute(f"SELECT * FROM mart.{name} ORDER BY ALL").fetchall() for name in TABLES]
    con.execute("UPDATE core.figures SET valid_from = ?", [datetime(2030, 1, 1)])
    fill_marts(con)
    assert [con.execute(f"SELECT * FROM mart.{name} ORDER BY ALL").fetchall() for name in TABLES] == before


def test_quarantined_figures_are_counted_beside_and_not_inside(built: Any) -> None:
    con, _ = built
    version = con.execute("SELECT article_version_id FROM core.articles WHERE article_id = '1-bbc'").fetchall()[0][0]
    row = {"article_version_id": version, "reader_version": "1", "expectation": "not_a_year", "reason": "a year", "run_id": "test"}
    more = {"row_json": '{"outcome": "killed"}', "quarantined_at": READ_AT}
    insert_rows(con, "ops.quarantine", [row | more | {"quarantine_id": 1, "figure_id": 5}])
    insert_rows(con, "ops.quarantine", [row | more | {"quarantine_id": 2, "figure_id": 6, "readmitted_at": READ_AT}])
    fill_marts(con)
    found = con.execute("SELECT n_quarantined, n_figures FROM mart.as_of(DATE '9999-12-31') WHERE incident_id = 1").fetchall()
    con.execute("DELETE FROM ops.quarantine")
    fill_marts(con)
    assert found == [(1, 5)]


@pytest.mark.parametrize("name", TABLES)
def test_each_file_says_what_a_row_is_and_what_to_beware_of(name: str) -> None:
    header = "".join(line for line in statement(f"mart/{name}").splitlines() if line.startswith("--"))
    assert "One row = " in header and "Beware: " in header
    assert table(f"mart.{name}").caution or name == "article_incidents"
