"""Groups of linked reports."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest

from warehouse import grouping
from warehouse.grouping import group
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
            "is_main": True,
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


def test_what_articles_are_mainly_about_is_linked_before_what_they_tell_on_the_side() -> None:
    # 1 and 2 are of one article; its sentence about the hospital (2) is as close to the other article (3) as can be. Were it
    # joined first, the article would be left out of the incident that it is about.
    reports = _reports(0, 0, 0)
    reports[2] |= {"article_version_id": reports[1]["article_version_id"], "is_main": False}
    assert group(reports, _pairs(p23=0.99, p13=0.7), MODEL) == [[1, 3], [2]]
    assert group(reports, _pairs(p23=0.99, p13=0.2), MODEL) == [[1], [2, 3]]  # nor is it kept out where the article is about something else


@pytest.mark.parametrize("seed", range(12))
def test_what_is_remembered_of_two_groups_changes_no_group(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups that grow are held against each other in part only: as if they had been held against each other whole."""
    random = Random(seed)
    reports = _reports(*(random.choice([None, 0, 0, 1, 4, 9]) for _ in range(40)))
    made = [Pair(left, right, random.choice([0.2, 0.45, 0.6, 0.9])) for left, right in combinations(reports, 2) if random.random() < 0.7]
    pairs = sorted(made, key=lambda pair: -pair.probability)
    found = group(reports, pairs, MODEL)

    def whole(self: Any, one: int, other: int) -> bool:
        return bool(self._any_apart(self.members[one], self.members[other]))

    monkeypatch.setattr(grouping._Groups, "_told_apart", whole)
    assert group(reports, pairs, MODEL) == found
    assert 1 < len(found) < len(reports)
