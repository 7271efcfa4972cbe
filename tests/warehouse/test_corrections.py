"""People overrule: their corrections outlive rebuilds and newer readers, are signed, and can be taken back to the last digit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from tests.warehouse.made import empty_warehouse, put_article, put_figure, put_place, rows
from transforms.errors import InputError
from warehouse.corrections import (
    correct_figure,
    list_corrections,
    merge_incidents,
    pin_incident,
    split_incident,
    undo,
)
from warehouse.incident_ids import find_incident
from warehouse.incidents import forward, keep_ids
from warehouse.rebuild import rebuild_core, rebuild_marts

NOW = datetime(2026, 1, 2)
LATER = datetime(2026, 1, 3)
DAY = date(2018, 7, 25)
SIGNED = ("checked on the page", "Rana")


def _corpus() -> duckdb.DuckDBPyConnection:
    """Two papers on a market in Daraa, and one on a school in Kabul of the same day."""
    con = empty_warehouse()
    daraa = put_place(con, "Daraa", 32.625, 36.105, admin1="Daraa")
    kabul = put_place(con, "Kabul", 34.5, 69.2, country="AF", admin1="Kabul")
    text = "A blast tore through Nahda market in Daraa, said {}."
    _put(con, "early", "5", daraa, text.format("Rami Shabki"))
    _put(con, "late", "9", daraa, text.format("Rami Shabki again"))
    _put(con, "kabul", "12", kabul, "A bomb went off near a school in Kabul.")
    rebuild_core(con, NOW)
    return con


def _put(con: duckdb.DuckDBPyConnection, article: str, words: str, place: dict[str, Any], sentence: str) -> None:
    version = put_article(con, article, publisher=f"Paper of {article}", text=sentence, published_on=DAY)
    on = {"event_date_start": DAY, "event_date_end": DAY, "date_basis": "stated"}
    put_figure(con, version, article, words, source_text=f"the source of {article}", sentence=sentence, **place, **on)


def _grouped(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    found = con.execute("SELECT article_id, incident_id FROM core.reports JOIN core.incident_reports USING (report_id)").fetchall()
    return dict(found)


def _figure(con: duckdb.DuckDBPyConnection, article: str) -> int:
    return int(con.execute("SELECT figure_id FROM core.figures WHERE article_id = ? AND valid_to IS NULL", [article]).fetchall()[0][0])


@pytest.mark.integration
def test_a_merge_holds_at_every_rebuild_leaves_a_forward_and_its_undoing_gives_the_old_id_back() -> None:
    con = _corpus()
    before = _grouped(con)
    done = merge_incidents(con, str(before["early"]), str(before["kabul"]), *SIGNED, NOW)
    for _ in range(2):
        rebuild_core(con, NOW)
        assert _grouped(con) == dict.fromkeys(before, before["early"])
        assert find_incident(con, str(before["kabul"])) == before["early"], "the former id still leads to the incident"
    assert con.execute("SELECT DISTINCT review, link_basis FROM core.incident_reports").fetchall() == [
        ("reviewed", "decided by Rana: checked on the page")
    ]
    undo(con, done, "two attacks after all", "Omar", LATER)
    rebuild_core(con, NOW)
    assert _grouped(con) == before
    assert rows(con, "core.incident_forwards") == []
    assert con.execute("SELECT DISTINCT review FROM core.incidents").fetchall() == [("machine_linked",)]


@pytest.mark.integration
def test_a_split_holds_though_the_model_would_link_and_a_later_merge_prevails() -> None:
    con = _corpus()
    before = _grouped(con)
    assert before["early"] == before["late"]
    split_incident(con, str(before["early"]), ["late"], *SIGNED, NOW)
    rebuild_core(con, NOW)
    after = _grouped(con)
    assert after["late"] != after["early"]
    rebuild_core(con, NOW)
    assert _grouped(con) == after
    merge_incidents(con, str(after["early"]), str(after["late"]), *SIGNED, LATER)
    rebuild_core(con, NOW)
    assert len({_grouped(con)["early"], _grouped(con)["late"]}) == 1


@pytest.mark.integration
def test_a_pinned_incident_stays_together_when_a_newer_reader_finds_other_days() -> None:
    con = _corpus()
    before = _grouped(con)
    pin_incident(con, str(before["early"]), *SIGNED, NOW)
    con.execute("UPDATE core.figures SET event_date_start = '2018-03-01', event_date_end = '2018-03-01' WHERE article_id = 'late'")
    con.execute("UPDATE core.figures SET sentence = 'Other words.' WHERE article_id = 'late'")
    con.execute(
        "UPDATE raw.articles SET text = 'Other words.', read_spans = '[[0, 12]]', published_on = '2018-03-02' WHERE article_id = 'late'"
    )
    rebuild_core(con, NOW)
    assert _grouped(con) == before


@pytest.mark.integration
def test_what_is_new_of_a_pinned_incident_joins_it_and_says_that_the_machine_put_it_there() -> None:
    # who pins an incident has checked these reports; next week's article about it must not open a rival incident
    con = _corpus()
    pinned = _grouped(con)["early"]
    pin_incident(con, str(pinned), *SIGNED, NOW)
    (daraa,) = con.execute("SELECT place_id, place_text, place_precision, place_admin, country FROM core.figures LIMIT 1").fetchall()
    place = dict(zip(("place_id", "place_text", "place_precision", "place_admin", "country"), daraa, strict=True))
    _put(con, "new", "7", place, "A blast tore through Nahda market in Daraa, said Rami Shabki once more.")
    rebuild_core(con, NOW)
    assert _grouped(con)["new"] == pinned
    reviews = con.execute("SELECT article_id, i.review FROM core.reports JOIN core.incident_reports AS i USING (report_id)").fetchall()
    assert dict(reviews) == {"early": "reviewed", "late": "reviewed", "new": "machine_linked", "kabul": "machine_linked"}
    rebuild_marts(con)
    shown = con.execute("SELECT article_id, review FROM mart.article_incidents").fetchall()
    assert dict(shown) == dict(reviews), "the view tells them apart as well"
    split_incident(con, str(pinned), ["new"], *SIGNED, LATER)  # and a person keeps out what does not belong
    rebuild_core(con, NOW)
    assert _grouped(con)["new"] != _grouped(con)["early"] == _grouped(con)["late"] == pinned


@pytest.mark.integration
def test_an_amendment_comes_back_on_a_newer_reading_and_its_undoing_restores_what_the_machine_read() -> None:
    con = _corpus()
    figure = _figure(con, "early")
    first = correct_figure(con, "amend", figure, *SIGNED, NOW, {"count_stated": "6", "count_min": "6", "count_max": "6"})
    second = correct_figure(con, "amend", figure, *SIGNED, LATER, {"victim_status": "civilian"})
    look = "SELECT count_min, count_max, victim_status, review FROM core.figures WHERE figure_id = ? AND valid_to IS NULL"
    assert con.execute(look, [figure]).fetchall() == [(6, 6, "civilian", "amended")]
    # a newer reader reads it anew, and otherwise
    con.execute("UPDATE core.figures SET count_min = 4, count_max = 4, review = 'machine_read', victim_status = 'unknown'")
    rebuild_core(con, NOW)
    rebuild_marts(con)
    assert con.execute(look, [figure]).fetchall() == [(6, 6, "civilian", "amended")]
    for view in ("mart.tolls", "mart.toll_revisions"):
        assert con.execute(f"SELECT DISTINCT review FROM {view} WHERE figure_id = ?", [figure]).fetchall() == [("amended",)]
    undo(con, first, *SIGNED, LATER)
    assert con.execute(look, [figure]).fetchall() == [(4, 4, "civilian", "amended")]
    undo(con, second, *SIGNED, LATER)
    assert con.execute(look, [figure]).fetchall() == [(4, 4, "unknown", "machine_read")]
    assert [row["undone_by"] for row in list_corrections(con, everything=True)] == ["Rana", "Rana"]
    assert list_corrections(con) == []


@pytest.mark.integration
def test_a_rejected_figure_never_counts_and_a_confirmed_one_is_told_apart() -> None:
    con = _corpus()
    correct_figure(con, "reject", _figure(con, "late"), *SIGNED, NOW)
    correct_figure(con, "confirm", _figure(con, "early"), *SIGNED, NOW)
    rebuild_core(con, NOW)
    rebuild_marts(con)
    assert con.execute("SELECT highest FROM mart.incident_tolls ORDER BY highest").fetchall() == [(5,), (12,)]
    found = con.execute("SELECT article_id, review FROM core.figures ORDER BY article_id").fetchall()
    assert found == [("early", "confirmed"), ("kabul", "machine_read"), ("late", "rejected")]


@pytest.mark.integration
@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"count_min": "9"}, "cannot both hold"),
        ({"count_min": "many"}, "is a"),
        ({"victim_status": "martyr"}, "takes one of"),
        ({"sentence": "Other words."}, "cannot be amended"),
        ({"outcome": ""}, "must not be empty"),
        ({}, "changes something"),
    ],
)
def test_an_amendment_that_cannot_stand_changes_nothing(values: dict[str, str], complaint: str) -> None:
    con = _corpus()
    before = rows(con, "core.figures")
    with pytest.raises(InputError, match=complaint):
        correct_figure(con, "amend", _figure(con, "early"), *SIGNED, NOW, values)
    assert rows(con, "core.figures") == before
    assert list_corrections(con, everything=True) == []


@pytest.mark.integration
def test_what_is_not_there_or_not_signed_is_refused() -> None:
    con = _corpus()
    early = str(_grouped(con)["early"])
    refused = [
        (lambda: correct_figure(con, "confirm", 1, *SIGNED, NOW), "no current figure"),
        (lambda: pin_incident(con, early, " ", "Rana", NOW), "a reason and a name"),
        (lambda: merge_incidents(con, early, early, *SIGNED, NOW), "merged with itself"),
        (lambda: split_incident(con, early, ["kabul"], *SIGNED, NOW), "reports nothing"),
        (lambda: split_incident(con, early, ["early", "late"], *SIGNED, NOW), "each side"),
        (lambda: undo(con, 7, *SIGNED, NOW), "no correction 7"),
        (lambda: find_incident(con, "x"), "no incident id"),
    ]
    for do, complaint in refused:
        with pytest.raises(InputError, match=complaint):
            do()


def test_a_former_id_leads_where_most_of_its_figures_went_over_several_steps() -> None:
    # 10 was merged into 20 long ago; 20 is gone now: two of its figures went to 30, one to 40
    assert forward({1: 20, 2: 20, 3: 20}, {1: 30, 2: 30, 3: 40}, {10: 20}, {30, 40}) == {10: 30, 20: 30}
    assert forward({1: 20}, {}, {10: 20}, {30}) == {}, "all its figures are gone"


def test_an_id_that_was_given_out_before_is_never_given_to_another_incident() -> None:
    assert keep_ids([[5]], {5: [1]}, {}, given_out=[5]) != [5]
    assert keep_ids([[5], [6]], {5: [1], 6: [2]}, {1: 9, 2: 9}, remembered={2: 8}) == [9, 8]
