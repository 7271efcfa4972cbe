"""Groups of linked reports, and ids that stay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from warehouse.incidents import group, keep_ids
from warehouse.linking import Pair
from warehouse.linking_model import load_model

MODEL = load_model()
DAY = date(2018, 7, 25)


def _reports(*days: int | None, lat: tuple[float, ...] = ()) -> dict[int, dict[str, Any]]:
    """Reports 1, 2, … on these days after DAY (None: not known), each of an article of its own."""
    found = {}
    for number, day in enumerate(days, 1):
        on = None if day is None else DAY + timedelta(days=day)
        found[number] = {
            "report_id": number,
            "article_version_id": 100 + number,
            "event_date_start": on,
            "event_date_end": on,
            "day_stated": on is not None,
            "place_fine": bool(lat),
            "lat": lat[number - 1] if lat else None,
            "lon": 36.0 if lat else None,
        }
    return found


def _pairs(**probabilities: float) -> list[Pair]:
    made = [Pair(int(name[1]), int(name[2]), value) for name, value in probabilities.items()]
    return sorted(made, key=lambda pair: -pair.probability)


def test_a_chain_does_not_join_two_clearly_different_days() -> None:
    # report 2 gives no day and fits both; 1 and 3 are a week apart
    pairs = _pairs(p12=0.95, p23=0.94, p13=0.02)
    assert group(_reports(0, None, 7), pairs, MODEL) == [[1, 2], [3]]
    assert group(_reports(0, None, 1), pairs, MODEL) == [[1, 2, 3]]


def test_a_chain_does_not_join_two_towns_far_apart() -> None:
    pairs = _pairs(p12=0.95, p23=0.94, p13=0.02)
    assert group(_reports(0, 0, 0, lat=(32.0, 32.4, 33.0)), pairs, MODEL) == [[1, 2], [3]]
    assert group(_reports(0, 0, 0, lat=(32.0, 32.4, 32.5)), pairs, MODEL) == [[1, 2, 3]]


def test_a_chain_joins_only_when_its_ends_are_likely_as_well() -> None:
    chain = {"p12": 0.95, "p34": 0.94, "p23": 0.9}
    assert group(_reports(0, 0, 0, 0), _pairs(**chain), MODEL) == [[1, 2], [3, 4]]
    assert group(_reports(0, 0, 0, 0), _pairs(**chain, p13=0.2, p24=0.2), MODEL) == [[1, 2, 3, 4]]


def test_strong_evidence_outweighs_a_day_that_was_read_wrong() -> None:
    assert group(_reports(0, 7), _pairs(p12=0.9), MODEL) == [[1, 2]]


def test_two_reports_of_one_article_version_stay_apart() -> None:
    reports = _reports(0, 0)
    reports[2]["article_version_id"] = reports[1]["article_version_id"]
    assert group(reports, _pairs(p12=0.99), MODEL) == [[1], [2]]


def test_the_first_id_is_the_smallest_report() -> None:
    assert keep_ids([[5, 9], [7]], {5: [50], 9: [90], 7: [70]}, {}) == [5, 7]


def test_a_new_article_about_an_old_incident_keeps_its_id() -> None:
    former = {50: 5, 90: 5}
    assert keep_ids([[2, 5, 9]], {2: [20], 5: [50], 9: [90]}, former) == [5]


def test_an_incident_is_known_again_by_its_figures_when_a_newer_reader_moves_its_reports() -> None:
    former = {50: 5, 90: 5, 70: 7}
    assert keep_ids([[1, 3], [4]], {1: [50], 3: [90], 4: [70]}, former) == [5, 7]


def test_of_two_halves_the_larger_keeps_the_id_and_the_other_takes_none_that_was_spoken_for() -> None:
    former = {50: 5, 60: 5, 90: 5}
    ids = keep_ids([[5], [6, 9]], {5: [50], 6: [60], 9: [90]}, former)
    assert ids[1] == 5
    assert ids[0] != 5 and ids == keep_ids([[5], [6, 9]], {5: [50], 6: [60], 9: [90]}, former)


def test_of_two_merged_incidents_the_larger_gives_the_id() -> None:
    former = {10: 1, 20: 2, 21: 2}
    assert keep_ids([[1, 2]], {1: [10], 2: [20, 21]}, former) == [2]
