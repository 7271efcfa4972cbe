"""People's merges of sources: in force at every rebuild, signed, listed, reversible, and never a circle."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pytest

from tests.warehouse.made import READ_AT, empty_warehouse, put_article, put_figure, put_place
from transforms.errors import InputError
from warehouse.rebuild import rebuild_core, rebuild_marts
from warehouse.source_merges import list_merges, merge, unmerge

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration
OLD, NEW, THIRD = "Hilltop Observers", "Hilltop Monitor", "Valley Watch"


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    made = empty_warehouse()
    there = put_place(made, "Old Market", 33.1, 36.2)
    day = {"event_date_start": date(2018, 7, 25), "event_date_end": date(2018, 7, 25), "date_basis": "stated"}
    for number, source in enumerate((OLD, NEW, THIRD, "activists"), 1):
        article = f"a{number}"
        version = put_article(made, article, publisher=f"Paper {number}", text=f"{source} counted {number}0 people in the market.")
        put_figure(made, version, article, f"{number}0", source_text=source, **there, **day)
    rebuild_core(made, READ_AT)
    return made


def say(con: duckdb.DuckDBPyConnection, source: str, into: str, *, minutes: int = 0) -> Any:
    return merge(con, source, into, "one body", "A. Tester", READ_AT + timedelta(minutes=minutes))


def origins(con: duckdb.DuckDBPyConnection) -> list[str]:
    rebuild_core(con, READ_AT)
    sql = "SELECT s.name FROM core.figures JOIN core.sources AS s ON s.source_id = origin_id ORDER BY article_id"
    return [str(name) for (name,) in con.execute(sql).fetchall()]


def test_a_merge_holds_at_every_rebuild_and_is_one_origin_in_the_marts(con: duckdb.DuckDBPyConnection) -> None:
    done = say(con, OLD, NEW)
    assert (done.name, done.into_name, done.counts_as) == (OLD, NEW, NEW)
    assert origins(con) == origins(con) == [NEW, NEW, THIRD, "unnamed sources of Paper 4"]
    names = con.execute("SELECT name_printed FROM core.source_names JOIN core.sources USING (source_id) WHERE name = ?", [NEW])
    assert sorted(names.fetchall()) == [(NEW,), (OLD,)], "the spelling stays as printed, under the one source"
    rebuild_marts(con)
    told = con.execute("SELECT origin, n_figures FROM mart.figure_comparison ORDER BY origin").fetchall()
    assert told == [(NEW, 2), (THIRD, 1), ("unnamed sources of Paper 4", 1)]


def test_it_is_signed_listed_and_taken_back_without_being_erased(con: duckdb.DuckDBPyConnection) -> None:
    say(con, OLD, NEW)
    (row,) = list_merges(con)
    assert (row["from_name"], row["into_name"], row["merged_by"], row["why"]) == (OLD, NEW, "A. Tester", "one body")
    origins(con)
    unmerge(con, OLD, "two bodies after all", "B. Tester", datetime(2026, 3, 1))
    assert list_merges(con) == []
    (row,) = list_merges(con, everything=True)
    assert (row["undone_by"], row["undone_why"]) == ("B. Tester", "two bodies after all")
    assert origins(con)[:2] == [OLD, NEW]
    say(con, OLD, THIRD, minutes=5)
    assert origins(con)[:3] == [THIRD, NEW, THIRD], "and may be merged anew"


def test_merges_follow_one_another_and_a_circle_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    say(con, OLD, NEW)
    assert say(con, NEW, THIRD).counts_as == THIRD
    assert origins(con)[:3] == [THIRD] * 3
    with pytest.raises(InputError, match="a circle"):
        say(con, THIRD, OLD)
    with pytest.raises(InputError, match="was merged into 'Hilltop Monitor' by A"):
        say(con, OLD, THIRD)


@pytest.mark.parametrize(
    ("source", "into", "said"),
    [
        (OLD, OLD, "into itself"),
        ("the hilltop observers", OLD, "into itself"),
        ("Hilltop Obervers", NEW, r"no source is called 'Hilltop Obervers'; did you mean 'Hilltop Observers'"),
        (OLD, "1234567", "no source is called '1234567'"),
        ("unnamed sources of Paper 4", NEW, "they are many"),
        (OLD, "activists", "they are many"),
    ],
)
def test_what_cannot_be_merged_is_refused_in_words(con: duckdb.DuckDBPyConnection, source: str, into: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        say(con, source, into)
    assert list_merges(con, everything=True) == []


def test_a_merge_and_its_undoing_need_a_reason_a_name_and_something_to_undo(con: duckdb.DuckDBPyConnection) -> None:
    for why, by in ((" ", "A. Tester"), ("one body", "")):
        with pytest.raises(InputError, match="needs a reason and a name"):
            merge(con, OLD, NEW, why, by, READ_AT)
        with pytest.raises(InputError, match="needs a reason and a name"):
            unmerge(con, OLD, why, by, READ_AT)
    with pytest.raises(InputError, match="merged into no other source"):
        unmerge(con, OLD, "x", "A. Tester", READ_AT)


def test_the_target_may_be_a_source_of_the_lexicon_that_no_article_has_named(con: duckdb.DuckDBPyConnection) -> None:
    say(con, OLD, "SOHR")
    assert origins(con)[0] == "Syrian Observatory for Human Rights"
    kinds = con.execute("SELECT kind, is_known FROM core.sources WHERE name LIKE 'Syrian Obs%'").fetchall()
    assert kinds == [("monitor", True)]


def test_a_target_that_no_figure_names_any_more_stays_a_source(con: duckdb.DuckDBPyConnection) -> None:
    say(con, OLD, NEW)
    con.execute("DELETE FROM core.figures WHERE article_id = 'a2'")
    assert origins(con)[0] == NEW


def test_a_merged_publisher_is_one_publisher_also_for_its_unnamed_sources(con: duckdb.DuckDBPyConnection) -> None:
    say(con, "Paper 4", "Paper 3")
    assert origins(con)[3] == "unnamed sources of Paper 3"
    assert con.execute("SELECT count(*) FROM core.publishers").fetchall() == [(3,)]
