"""Who printed, who said it, and where a chain starts: the origins that count as independent voices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from tests.warehouse.made import empty_warehouse, put_article, put_figure
from warehouse.ddl import create_anew
from warehouse.dimensions import rebuild_articles, rebuild_sources
from warehouse.load import fetch_rows
from warehouse.rebuild import DERIVED, rebuild_core, rebuild_marts

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration

SOHR = "Syrian Observatory for Human Rights"


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return empty_warehouse()


def _origins(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Derive the dimensions and return the origin of each figure by its article (the last figure of each)."""
    create_anew(con, DERIVED)
    rebuild_articles(con)
    rebuild_sources(con)
    sql = "SELECT article_id, s.name FROM core.figures JOIN core.sources AS s ON s.source_id = origin_id ORDER BY char_start"
    return dict(con.execute(sql).fetchall())


def _put(con: duckdb.DuckDBPyConnection, article: str, source: str | None = None, words: str = "246", **given: Any) -> None:
    figure = {key: given.pop(key) for key in ("in_title", "relayed_by", "char_start", "victim_status", "sentence") if key in given}
    version = put_article(con, article, **given)
    put_figure(con, version, article, words, source_text=source, country="SY", **figure)


def test_one_source_through_many_publishers_and_on_its_own_site_is_one_origin(con: duckdb.DuckDBPyConnection) -> None:
    _put(con, "bbc", "the Syrian Observatory for Human Rights", publisher="BBC News")
    _put(con, "dostor", "SOHR", publisher="Al-Dostor")
    _put(con, "own", None, publisher="www.syriahr.com")
    assert set(_origins(con).values()) == {SOHR}
    names = con.execute("SELECT name_printed FROM core.source_names ORDER BY 1").fetchall()
    assert names == [("SOHR",), ("the Syrian Observatory for Human Rights",)]
    assert con.execute("SELECT count(*) FROM core.publishers").fetchall() == [(3,)]


def test_unnamed_sources_of_one_publisher_are_one_origin_and_of_two_are_two(con: duckdb.DuckDBPyConnection) -> None:
    _put(con, "one", "activists", publisher="A Paper")
    _put(con, "two", "local sources", publisher="A Paper")
    _put(con, "three", "activists", publisher="Other Paper")
    origins = _origins(con)
    assert origins["one"] == origins["two"] != origins["three"]
    assert con.execute("SELECT count(*) FROM core.sources WHERE is_unnamed").fetchall() == [(2,)]


def test_what_a_republished_text_says_itself_is_its_original_publishers(con: duckdb.DuckDBPyConnection) -> None:
    _put(con, "copy", None, publisher="Global Research", original_publisher="South Front")
    _put(con, "first", None, publisher="South Front", text="Another text, of the same outlet, on other things.")
    origins = _origins(con)
    assert origins["copy"] == origins["first"]


def test_a_reprint_of_one_text_is_no_second_voice(con: duckdb.DuckDBPyConnection) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    text = f"246 killed. {words}"
    _put(con, "agency", None, publisher="A Press Agency", text=text, published_at=datetime(2018, 7, 25, 8), sentence="246 killed.")
    _put(con, "local", None, publisher="Local Paper", text=text, published_at=datetime(2018, 7, 25, 9), sentence="246 killed.")
    added = "Later 250 were counted here."
    _put(con, "more", None, "250", publisher="Town Paper", text=f"{text} {added}", published_on=date(2018, 7, 26), sentence=added)
    origins = _origins(con)
    assert origins == {"agency": "A Press Agency", "local": "A Press Agency", "more": "Town Paper"}
    assert con.execute("SELECT n_articles, n_publishers FROM core.stories").fetchall() == [(3, 3)]


def test_a_lead_that_repeats_the_number_it_attributes_below_is_no_second_voice(con: duckdb.DuckDBPyConnection) -> None:
    version = put_article(con, "bbc", publisher="BBC News")
    lead = put_figure(con, version, "bbc", "246", char_start=0)
    other = put_figure(con, version, "bbc", "250", char_start=50)
    put_figure(con, version, "bbc", ">=246", char_start=90, source_text="SOHR", country="SY")
    _origins(con)
    found = dict(con.execute("SELECT figure_id, s.name FROM core.figures JOIN core.sources AS s ON s.source_id = origin_id").fetchall())
    assert found[lead] == SOHR
    assert found[other] == "BBC News"
    assert con.execute("SELECT source_id FROM core.figures WHERE figure_id = ?", [lead]).fetchall() == [(None,)]  # nobody is named there


def test_two_parties_that_say_one_number_leave_the_lead_to_its_publisher(con: duckdb.DuckDBPyConnection) -> None:
    version = put_article(con, "bbc", publisher="BBC News")
    lead = put_figure(con, version, "bbc", "246", char_start=0)
    put_figure(con, version, "bbc", "246", char_start=90, source_text="SOHR", country="SY")
    put_figure(con, version, "bbc", "246", char_start=180, source_text="Syrian Network for Human Rights", country="SY")
    _origins(con)
    sql = "SELECT s.name FROM core.figures JOIN core.sources AS s ON s.source_id = origin_id WHERE figure_id = ?"
    assert con.execute(sql, [lead]).fetchall() == [("BBC News",)]


def test_an_unknown_publisher_counts_once_per_text(con: duckdb.DuckDBPyConnection) -> None:
    words = " ".join(f"word{number}" for number in range(60))
    for article in ("a", "b"):
        _put(con, article, None, publisher=None, text=words, sentence="word1 word2")
    _put(con, "c", None, publisher=None, text="Something else altogether, told by nobody we know.")
    origins = _origins(con)
    assert origins["a"] == origins["b"] != origins["c"]
    assert con.execute("SELECT DISTINCT kind, is_unnamed, is_known FROM core.sources").fetchall() == [(None, True, False)]


def test_a_group_that_speaks_for_itself_is_marked_as_a_party_and_a_monitor_is_not(con: duckdb.DuckDBPyConnection) -> None:
    _put(con, "one", "ISIS")
    _put(con, "two", "SOHR")
    _origins(con)
    found = dict(con.execute("SELECT name, affiliation FROM core.sources").fetchall())
    assert found["ISIS"] == "ISIS" and found[SOHR] is None


def test_versions_are_numbered_and_closed_and_articles_show_the_current_one(con: duckdb.DuckDBPyConnection) -> None:
    put_article(con, "a", title="Old", first_seen_at=datetime(2026, 1, 1))
    put_article(con, "a", title="New", version=2, first_seen_at=datetime(2026, 1, 3))
    _origins(con)
    closed = con.execute("SELECT version, superseded_at FROM core.article_versions ORDER BY version").fetchall()
    assert closed == [(1, datetime(2026, 1, 3)), (2, None)]
    row = fetch_rows(con, "SELECT title, n_versions, first_seen_at FROM core.articles")
    assert row == [{"title": "New", "n_versions": 2, "first_seen_at": datetime(2026, 1, 1)}]


def test_an_older_reading_keeps_the_origin_it_had(con: duckdb.DuckDBPyConnection) -> None:
    version = put_article(con, "a", publisher="A Paper")
    put_figure(con, version, "a", "9", valid_to=datetime(2026, 5, 5), reader_version="0", origin_id=42)
    put_figure(con, version, "a", "9")
    _origins(con)
    assert con.execute("SELECT origin_id = 42 FROM core.figures ORDER BY reader_version").fetchall() == [(True,), (False,)]


def test_an_affiliation_is_that_of_the_incidents_country_and_day_and_the_parent_is_shown(con: duckdb.DuckDBPyConnection) -> None:
    for article, day in (("before", date(2016, 9, 1)), ("after", date(2025, 3, 1))):
        for source in ("the Aleppo Media Center", "SANA", "TASS", "Gaza's health ministry"):
            version = put_article(con, f"{article} {source}", publisher="A Paper", published_on=day, text=f"{source}, {day}: 20 dead.")
            at = {"event_date_start": day, "event_date_end": day, "date_basis": "stated", "place_text": "Aleppo"}
            put_figure(con, version, f"{article} {source}", "20", source_text=source, country="SY", **at)
    rebuild_core(con, datetime(2026, 1, 1))
    rebuild_marts(con)
    rows = con.execute("SELECT year(last_reported_on), origin, origin_affiliation, origin_parent FROM mart.figure_comparison").fetchall()
    assert {(year, name): (party, parent) for year, name, party, parent in rows} == {
        (2016, "Aleppo Media Center"): ("Syrian opposition", None),
        (2025, "Aleppo Media Center"): (None, None),
        (2016, "Syrian Arab News Agency"): ("Government of Syria", "Government of Syria"),
        (2025, "Syrian Arab News Agency"): ("Government of Syria", "Government of Syria"),
        (2016, "TASS"): ("Government of Russia", "Government of Russia"),
        (2025, "TASS"): (None, "Government of Russia"),
        (2016, "Ministry of Health in Gaza"): (None, "Authorities in Gaza"),
        (2025, "Ministry of Health in Gaza"): (None, "Authorities in Gaza"),
    }
