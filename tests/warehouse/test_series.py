"""Running tolls: kept apart from incidents, side by side with each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest

from tests.warehouse.made import empty_warehouse, put_article, put_figure, put_place
from warehouse.ddl import create_anew
from warehouse.dimensions import rebuild_articles, rebuild_sources
from warehouse.load import fetch_rows
from warehouse.marts import fill_marts
from warehouse.rebuild import DERIVED
from warehouse.series import rebuild_series

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    """The Daraa pocket: an army's running toll, a monitor's with two starts, and other series nearby and far away."""
    con = empty_warehouse()
    west = put_place(con, "Yarmouk Basin", 32.75, 35.9, "district", admin1="Daraa")
    town = put_place(con, "Daraa", 32.62, 36.1, admin1="Daraa")
    far = put_place(con, "Aleppo", 36.2, 37.16, admin1="Aleppo")
    isis = {"victim_group": "ISIS", "victim_status": "combatant"}
    start = "since the start of the operation"
    _put(con, "army", date(2018, 7, 27), ">600", "Syrian army", **isis, **town, since_text=start)
    _put(con, "army", date(2018, 7, 27), ">600", None, in_title=True, char_start=0, **isis)
    _put(con, "sohr-1", date(2018, 7, 25), ">=141", "SOHR", **isis, **west, since_text="since 19 July", event_date_start=date(2018, 7, 19))
    _put(con, "sohr-2", date(2018, 7, 30), "283", "SOHR", **isis, **west)
    _put(con, "sohr-3", date(2018, 8, 1), "290", "SOHR", **isis, **west)
    _put(con, "sohr-4", date(2018, 8, 1), ">=62", "SOHR", **west, since_text="since 19 July", event_date_start=date(2018, 7, 19))
    _put(con, "aleppo", date(2018, 7, 27), "40", "Syrian army", **isis, **far)
    _put(con, "denied", date(2018, 7, 29), "900", "Syrian army", **isis, **town, stance="denied", since_text=start)
    create_anew(con, DERIVED)
    rebuild_articles(con)
    rebuild_sources(con)
    rebuild_series(con)
    fill_marts(con)
    return con


def _put(con: duckdb.DuckDBPyConnection, article: str, on: date, words: str, source: str | None, **given: Any) -> None:
    found = con.execute("SELECT article_version_id FROM raw.articles WHERE article_id = ?", [article]).fetchall()
    paper = {"published_on": on, "publisher": f"publisher of {article}", "text": f"All of {article} itself."}
    version = found[0][0] if found else put_article(con, article, **paper)
    put_figure(con, version, article, words, source_text=source, scope="cumulative", name=f"{article}{len(given)}", **given)


def test_the_armys_toll_stands_beside_the_monitors(con: duckdb.DuckDBPyConnection) -> None:
    rows = fetch_rows(con, "SELECT * FROM mart.series_comparison")
    pocket = next(row["series_group"] for row in rows if row["count_shown"] == "> 600")
    beside = {row["count_shown"]: row["origin_kind"] for row in rows if row["series_group"] == pocket}
    assert beside == {"> 600": "military", "≥ 141": "monitor", "290": "monitor"}


def test_other_people_and_other_areas_stand_in_other_groups(con: duckdb.DuckDBPyConnection) -> None:
    rows = fetch_rows(con, "SELECT * FROM mart.series_comparison")
    groups = {row["count_shown"]: row["series_group"] for row in rows}
    assert len({groups["> 600"], groups["≥ 62"], groups["40"]}) == 3


def test_a_start_makes_a_series_and_a_later_figure_goes_on_with_it(con: duckdb.DuckDBPyConnection) -> None:
    row = fetch_rows(con, "SELECT * FROM mart.series_comparison WHERE count_shown = '290'")[0]
    assert (row["n_figures"], row["first_reported_on"], row["last_reported_on"]) == (2, date(2018, 7, 30), date(2018, 8, 1))
    assert row["since_on"] is None
    assert fetch_rows(con, "SELECT since_on FROM mart.series_comparison WHERE count_shown = '≥ 141'") == [{"since_on": date(2018, 7, 19)}]


def test_a_headline_goes_with_the_running_toll_it_repeats_and_is_not_counted_twice(con: duckdb.DuckDBPyConnection) -> None:
    row = fetch_rows(con, "SELECT * FROM mart.series_comparison WHERE count_shown = '> 600'")[0]
    assert (row["n_figures"], row["origin"], row["count_min"], row["count_max"]) == (1, "Syrian army", 601, None)
    assert con.execute("SELECT count(*) FROM core.series_figures").fetchall() == [(8,)]


def test_a_denied_running_toll_is_not_the_latest(con: duckdb.DuckDBPyConnection) -> None:
    assert fetch_rows(con, "SELECT * FROM mart.series_comparison WHERE count_shown = '900'") == []


def test_no_running_toll_is_in_an_incident(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("SELECT count(*) FROM core.report_figures").fetchall() == [(0,)]
    assert con.execute("SELECT count(*) FROM mart.figure_comparison").fetchall() == [(0,)]


def test_corrections_downwards_and_new_starts_stay_what_they_are() -> None:
    """A monitor corrects 300 to 280, then counts anew each month; its count since the war began runs on beside."""
    con = empty_warehouse()
    here = put_place(con, "Daraa", 32.62, 36.1, admin1="Daraa")
    may, june, war = date(2018, 5, 1), date(2018, 6, 1), date(2011, 3, 15)
    said = [
        ("2018-05-10", "300", may),
        ("2018-05-20", "280", may),
        ("2018-05-30", ">=310", may),
        ("2018-06-09", "40", june),
        ("2018-06-09", "45", june),
        ("2018-06-19", "60", june),
        ("2018-05-15", "5000", war),
        ("2018-06-15", "5100", war),
    ]
    for number, (day, words, since) in enumerate(said):
        given = {"since_text": f"since {since}", "event_date_start": since, "char_start": number}
        _put(con, f"a{number}", date.fromisoformat(day), words, "SOHR", **here, **given)
    create_anew(con, DERIVED)
    rebuild_articles(con)
    rebuild_sources(con)
    rebuild_series(con)
    fill_marts(con)
    columns = "count_shown, revision, change, previous_figure_id IS NOT NULL"
    sql = f"SELECT {columns} FROM mart.series_revisions ORDER BY since_on, published_on, count_min"
    assert con.execute(sql).fetchall() == [
        ("5000", "first", None, False),
        ("5100", "up", 100, True),
        ("300", "first", None, False),
        ("280", "down", -20, True),
        ("≥ 310", "up", 30, True),
        ("40", "unordered", None, False),
        ("45", "unordered", None, False),
        ("60", "up", None, False),
    ]
    con.execute("DELETE FROM core.series_figures WHERE figure_id = (SELECT figure_id FROM core.figures WHERE quantity_text = '45')")
    fill_marts(con)
    restarted = con.execute("SELECT count_shown, change FROM mart.series_revisions WHERE revision = 'restart'").fetchall()
    assert restarted == [("40", None)], "June's count starts anew after May's; the war's runs on and is none"
    latest = con.execute("SELECT count_shown FROM mart.series_comparison WHERE since_on = '2018-05-01'").fetchall()
    assert latest == [("≥ 310",)]


def test_a_running_toll_is_reviewed_when_all_that_its_row_shows_is() -> None:
    """A day's two different numbers of unknown order are one span: one reviewed number does not vouch for the other."""
    con = empty_warehouse()
    here = put_place(con, "Daraa", 32.62, 36.1, admin1="Daraa")
    said = [
        ("May", "2018-05-10", "200", "confirmed"),  # replaced by a later figure, which nobody looked at
        ("May", "2018-05-20", "210", "machine_read"),
        ("June", "2018-06-20", "40", "machine_read"),
        ("June", "2018-06-25", "45", "amended"),  # the latest: an amended one
        ("July", "2018-07-20", "60", "confirmed"),  # one day, no hour: 60 to 65, of which only 60 was looked at
        ("July", "2018-07-20", "65", "machine_read"),
        ("August", "2018-08-20", "70", "amended"),  # both were looked at
        ("August", "2018-08-20", "75", "confirmed"),
    ]
    for number, (month, day, words, review) in enumerate(said):
        given = {"since_text": f"since 1 {month}", "event_date_start": date.fromisoformat(f"{day[:8]}01"), "char_start": number}
        _put(con, f"r{number}", date.fromisoformat(day), words, "SOHR", review=review, **here, **given)
    create_anew(con, DERIVED)
    rebuild_articles(con)
    rebuild_sources(con)
    rebuild_series(con)
    fill_marts(con)
    rows = con.execute("SELECT count_shown, review FROM mart.series_comparison ORDER BY since_on").fetchall()
    assert rows == [("210", "machine_read"), ("45", "amended"), ("60 to 65", "machine_read"), ("70 to 75", "confirmed")]
