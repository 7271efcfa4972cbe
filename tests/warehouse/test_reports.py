"""Reports: when an article's figures are split, and when they stay together."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from warehouse.reports import make_reports

DAY, NEXT, HISTORY = date(2018, 7, 25), date(2018, 7, 26), date(1995, 4, 19)
CITY = {
    "place_text": "al-Suwayda city", "place_name": "As Suwayda", "place_id": 1, "place_precision": "town",
    "place_admin": "As-Suwayda", "country": "SY", "lat": 32.709, "lon": 36.569,
}  # fmt: skip
AREA = CITY | {"place_text": "al-Suwayda", "place_name": "As-Suwayda", "place_id": 2, "place_precision": "admin1", "lat": 32.8, "lon": 36.8}
VILLAGE = CITY | {"place_text": "Shbiki", "place_name": "Shbiki", "place_id": 3, "lat": 32.75, "lon": 36.85}
DARAA = CITY | {"place_text": "Daraa", "place_name": "Daraa", "place_id": 4, "place_admin": "Daraa", "lat": 32.62, "lon": 36.1}
NOWHERE = dict.fromkeys(CITY)
MONTH = {"event_date_start": date(2018, 7, 1), "event_date_end": date(2018, 7, 31)}


def _figures(*given: dict[str, Any], main: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    made = []
    for position, item in enumerate(given):
        count = item.get("count", 5)
        row = {
            "figure_id": position, "article_version_id": 9, "article_id": "a", "in_title": False, "char_start": position * 100,
            "outcome": "killed", "scope": "incident", "count_stated": count, "count_min": count, "count_max": count,
            "victim_status": "unknown", "victim_group": None, "victim_side": "unknown", "demographic": None, "relation": "total",
            "part_of_figure_id": None, "supersedes_figure_id": None, "event_date_start": DAY, "event_date_end": DAY,
            "date_basis": "stated", "month_day_start": None, "month_day_end": None, "weekday": None,
            "source_text": None, "sentence": "", "blamed_text": None, "weapon_text": None, "published_on": NEXT,
            "main_incident": json.dumps(main) if main else None, **CITY,
        }  # fmt: skip
        changes = {key: value for key, value in item.items() if key not in ("count", "on")}
        if "on" in item:
            changes |= {"event_date_start": item["on"], "event_date_end": item["on"]}
        made.append(row | changes)
    return sorted(made, key=lambda row: (row["in_title"], row["char_start"]))


def _split(*given: dict[str, Any], main: dict[str, Any] | None = None) -> list[list[int]]:
    return [[figure["figure_id"] for figure in report.figures] for report in make_reports(_figures(*given, main=main))]


def test_figures_of_one_day_and_place_are_one_report() -> None:
    assert _split({}, {"outcome": "injured"}, AREA, {"demographic": "children"}) == [[0, 1, 2, 3]]


def test_what_says_neither_day_nor_place_goes_on_with_what_was_told_before() -> None:
    silent = NOWHERE | {"on": None, "outcome": "missing"}
    assert _split({}, DARAA | {"on": NEXT}, silent) == [[0], [1, 2]]


def test_history_is_a_report_of_its_own_and_never_the_main_one() -> None:
    reports = make_reports(_figures({"on": HISTORY, "count": 168}, {}, main={"event_date_start": str(DAY)}))
    assert [(report.row["event_date_start"], report.row["is_main"]) for report in reports] == [(HISTORY, False), (DAY, True)]


def test_two_stated_days_split_and_a_day_from_the_dateline_does_not() -> None:
    assert _split({}, {"on": NEXT}) == [[0], [1]]
    assert _split({}, {"on": NEXT, "date_basis": "publication"}) == [[0, 1]]


def _undated(**given: Any) -> dict[str, Any]:
    return {"event_date_start": None, "event_date_end": None, "date_basis": "none", "published_on": None, **given}


@pytest.mark.parametrize(
    ("one", "other", "together", "why"),
    [
        ({"month_day_start": "07-25"}, {"month_day_start": "07-25"}, True, "one day"),
        ({"month_day_start": "07-25"}, {"month_day_start": "06-12"}, False, "two days of whatever years"),
        ({"month_day_start": "07-25", "month_day_end": "07-27"}, {"month_day_start": "07-26"}, True, "a day among several"),
        ({"weekday": 3}, {"weekday": 3}, True, "one weekday"),
        ({"weekday": 3}, {"weekday": 4}, False, "two weekdays"),
        ({"weekday": 3}, {"month_day_start": "07-25"}, False, "who names a weekday of one and a day and month of the other speaks of two"),
        ({"weekday": 3}, {"on": DAY}, True, "25 July 2018 was a Wednesday"),
        ({"weekday": 4}, {"on": DAY}, False, "and no Thursday"),
        ({"weekday": 4}, MONTH, False, "a weekday, and a month some time ago"),
        ({"month_day_start": "07-25"}, {"on": DAY}, True, "the day of a date"),
        ({"month_day_start": "07-25"}, MONTH, True, "a day and month may be in a span of many"),
        ({"month_day_start": "07-25"}, {}, True, "what says no day goes on with what was told"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_days_without_their_year_and_weekdays_split_as_dates_do(
    one: dict[str, Any], other: dict[str, Any], together: bool, why: str
) -> None:
    assert _split(_undated(**one), _undated(**other)) == ([[0, 1]] if together else [[0], [1]]), why


def test_a_day_further_down_is_not_that_of_what_was_told_without_one() -> None:
    # the reader gives the day of the event to all that tells of it; `On 12 June two had died there` is another attack
    told, past = _undated(sentence="A raid killed five."), _undated(sentence="On 12 June two had died.", month_day_start="06-12", count=2)
    assert _split(told, past) == [[0], [1]]
    assert _split(told, past | {"count": 5}) == [[0, 1]], "the same number is told again, with its day"
    assert _split(told | {"published_on": NEXT}, past | {"published_on": NEXT}) == [[0, 1]], "the publication gives what is told its time"


def test_a_report_has_the_day_without_its_year_that_most_of_its_figures_have() -> None:
    day = {"month_day_start": "07-25", "month_day_end": "07-25"}
    row = make_reports(_figures(_undated(), _undated(**day), _undated(**day)))[0].row
    assert (row["event_date_start"], row["month_day_start"], row["month_day_end"], row["weekday"]) == (None, "07-25", "07-25", None)
    dated = make_reports(_figures(_undated(on=DAY, date_basis="stated"), _undated(**day)))[0].row
    assert (dated["event_date_start"], dated["month_day_start"]) == (DAY, None), "where the year is known the date says it all"


def test_two_provinces_split() -> None:
    assert _split({}, DARAA) == [[0], [1]]


def test_running_tolls_and_tolls_of_a_period_are_in_no_report() -> None:
    assert _split({"scope": "cumulative"}, {"scope": "period"}) == []
    assert _split({"scope": "cumulative"}, {}) == [[1]]


def test_a_headline_that_repeats_a_running_toll_is_in_no_report() -> None:
    assert _split({"scope": "cumulative", "count": 600}, {}, {"count": 600, "in_title": True}) == [[1]]
    assert _split({"scope": "cumulative", "count": 600}, {"count": 600}, {"count": 600, "in_title": True}) == [[1, 2]]


def test_a_smaller_attack_inside_a_day_of_attacks_is_contained_in_it() -> None:
    reports = make_reports(_figures(AREA | {"count": 246, "source_text": "SOHR"}, VILLAGE | {"count": 38, "source_text": "SOHR"}))
    assert len(reports) == 2
    assert reports[1].container is reports[0]
    share = make_reports(_figures(AREA | {"count": 246}, VILLAGE | {"count": 38, "relation": "part_of", "part_of_figure_id": 0}))
    assert share[1].container is share[0]


def test_a_smaller_attack_that_is_told_first_is_contained_as_well() -> None:
    reports = make_reports(_figures(VILLAGE | {"count": 38}, AREA | {"count": 246}))
    assert reports[0].container is reports[1]


def test_one_toll_told_with_two_precisions_is_one_report() -> None:
    assert _split(AREA | {"count": 30}, VILLAGE | {"count": 30}) == [[0, 1]]
    assert _split(AREA | {"count": 147}, CITY | {"count": 100}) == [[0, 1]]  # one name
    assert _split(AREA | {"count": 215, "source_text": "governor"}, VILLAGE | {"count": 38, "source_text": "SOHR"}) == [
        [0, 1]
    ]  # two speakers


def test_ids_depend_on_version_place_and_day_and_are_never_shared() -> None:
    first, again = make_reports(_figures({}, {"on": NEXT})), make_reports(_figures({}, {"on": NEXT}))
    assert [report.row["report_id"] for report in first] == [report.row["report_id"] for report in again]
    assert len({report.row["report_id"] for report in first}) == 2
    assert len({report.row["report_id"] for report in make_reports(_figures(AREA | {"count": 9}, VILLAGE | {"count": 3}))}) == 2


def test_attacker_comes_from_blame_and_from_the_attacking_sides_dead() -> None:
    blamed = make_reports(_figures({"blamed_text": "Islamic State militants"}, {"weapon_text": "Car Bomb"}))[0].row
    assert (blamed["attacker_group"], blamed["weapons"]) == ("ISIS", ["car bomb"])
    own = make_reports(_figures({"victim_group": "ISIS", "victim_side": "attacking"}, {"victim_group": "Daesh"}))[0].row
    assert (own["attacker_group"], own["victim_groups"]) == ("ISIS", ["ISIS"])
    told = make_reports(_figures({}, {"sentence": "Five died in the Islamic State attack."}))[0].row
    assert told["attacker_group"] == "ISIS"
    assert make_reports(_figures({}))[0].row["attacker_group"] is None
