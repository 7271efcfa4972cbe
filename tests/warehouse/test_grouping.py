"""Groups of linked reports."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from math import fsum
from random import Random
from typing import Any

import numpy as np
import pytest

from tests.warehouse.link_reports import arrays
from warehouse import grouping, grouping_sums
from warehouse.corrections import Decisions
from warehouse.grouping import Former
from warehouse.grouping import group as group_all
from warehouse.linking_model import Model, load_model
from warehouse.pairs import Pair
from warehouse.told_apart import clearly_apart

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
            "month_day_start": None,
            "month_day_end": None,
            "weekday": None,
            "place_fine": bool(lat),
            "lat": lat[number - 1] if lat else None,
            "lon": 36.0 if lat else None,
        }
    return found


def _pairs(**probabilities: float) -> list[Pair]:
    made = [Pair(int(name[1]), int(name[2]), value) for name, value in probabilities.items()]
    return sorted(made, key=lambda pair: -pair.probability)


def group(reports: dict[int, Any], pairs: list[Pair], model: Model) -> list[list[int]]:
    return group_all(reports, arrays(reports, pairs), model).groups


def test_a_chain_does_not_join_two_clearly_different_days() -> None:
    # report 2 gives no day and fits both; 1 and 3 are a week apart
    pairs = _pairs(p12=0.95, p23=0.94, p13=0.02)
    assert group(_reports(0, None, 7), pairs, MODEL) == [[1, 2], [3]]
    assert group(_reports(0, None, 1), pairs, MODEL) == [[1, 2, 3]]


def test_nor_two_days_of_whatever_year() -> None:
    pairs = _pairs(p12=0.95, p23=0.94, p13=0.02)
    reports = _reports(0, None, None)
    for day, groups in (("08-01", [[1, 2], [3]]), ("07-26", [[1, 2, 3]])):
        reports[3]["month_day_start"] = day  # report 1 is of 25 July
        assert group(reports, pairs, MODEL) == groups


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


def _by_the_book(reports: dict[int, Any], pairs: list[Pair], model: Model) -> list[list[int]]:
    """The groups as the rules say them: every likely pair asked in turn, every two groups held against each other whole."""
    home = {report: frozenset([report]) for report in reports}
    probability = {frozenset(pair[:2]): pair.probability for pair in pairs}
    likely = [pair for pair in arrays(reports, pairs) if pair.probability >= model.link_from]
    for pair in sorted(likely, key=lambda pair: not all(reports[report]["is_main"] for report in pair[:2])):
        one, other = home[pair.left], home[pair.right]
        if one == other or {reports[report]["article_version_id"] for report in one} & {reports[i]["article_version_id"] for i in other}:
            continue
        between = {frozenset((left, right)): probability.get(frozenset((left, right)), 0.0) for left in one for right in other}
        apart = any(
            value < model.link_from and clearly_apart(*(reports[report] for report in sorted(both)), model)
            for both, value in between.items()
        )
        if fsum(between.values()) / len(between) >= (model.cluster_despite if apart else model.cluster_from):
            home |= dict.fromkeys(one | other, one | other)
    return sorted(sorted(members) for members in set(home.values()))


@pytest.mark.parametrize("seed", range(40))
def test_what_is_not_asked_again_changes_no_group(seed: int) -> None:
    """Two groups that were refused are not asked again as they are, nor when they have grown by what was refused as well."""
    random = Random(seed)
    reports = _reports(*(random.choice([None, 0, 0, 1, 4, 9]) for _ in range(40)))
    for row in reports.values():
        row["is_main"] = random.random() < 0.7
        row["article_version_id"] = random.choice([row["article_version_id"], 100])
    density = random.choice([0.15, 0.4, 0.7])
    made = [
        Pair(left, right, random.choice([0.2, 0.45, 0.6, 0.9])) for left, right in combinations(reports, 2) if random.random() < density
    ]
    found = group(reports, made, MODEL)
    assert found == _by_the_book(reports, made, MODEL)
    assert 1 < len(found) < len(reports)


PROBABILITIES = (0.02, 0.2, 0.35, 0.45, 0.55, 0.6, 0.75, 0.9, 0.97)


class _World:
    """Reports that come, go and change, pairs of them that stay as long as both do, and what people decide: all at random."""

    def __init__(self, seed: int, calm: bool = False) -> None:
        """calm: reports come, as on most days; hardly any goes or changes, and nobody decides."""
        self.random, self.calm = Random(seed), calm
        self.ids = self.random.sample(range(1, 1000), 60)  # so that who comes last is not the last in order
        self.reports: dict[int, dict[str, Any]] = {}
        self.pairs: dict[tuple[int, int], float] = {}
        self.corrections: list[dict[str, Any]] = []

    def add(self, number: int) -> None:
        random, row = self.random, _reports(self.random.choice([None, 0, 0, 1, 4, 9]))[1]
        version = number if random.random() < 0.8 else random.choice([*self.reports, number])
        self.reports[number] = row | {"report_id": number, "article_version_id": version, "is_main": random.random() < 0.7}
        for other in self.reports.keys() - {number}:
            if abs(other % 7 - number % 7) < 3 and random.random() < 0.5:  # neighbourhoods, so that not all hangs together
                self.pairs[min(number, other), max(number, other)] = random.choice(PROBABILITIES) + random.random() / 50

    def remove(self, number: int) -> None:
        del self.reports[number]
        self.pairs = {pair: value for pair, value in self.pairs.items() if number not in pair}

    def decide(self) -> None:
        if self.corrections and self.random.random() < 0.3:
            self.random.choice(self.corrections)["undone_at"] = DAY
            return
        some = self.random.sample(sorted(self.reports), 4)
        kind = self.random.choice(["merge", "split", "pin"])
        sides = (some[:2], some[2:]) if kind != "pin" else (some[:2], [])
        ids = {"incident_id": None, "other_incident_id": None, "undone_at": None, "decided_by": "N", "why": "seen"}
        self.corrections.append({"kind": kind, "figure_ids": sides[0], "other_figure_ids": sides[1], **ids})

    def move(self) -> set[int]:
        """Let a day go by; return the reports that came or changed."""
        random, calm = self.random, self.calm and self.random.random() < 0.9
        free = [number for number in self.ids if number not in self.reports]
        came = set(random.sample(free, min(len(free), random.choice([0, 1, 2, 12]))))
        changed = set(random.sample(sorted(self.reports), min(len(self.reports), 0 if calm else random.choice([0, 0, 1, 3]))))
        for number in random.sample(
            sorted(self.reports.keys() - changed), min(len(self.reports.keys() - changed), 0 if calm else random.choice([0, 0, 1, 2]))
        ):
            self.remove(number)
        for number in changed:
            self.remove(number)
        for number in sorted(came | changed):
            self.add(number)
        if len(self.reports) > 8 and not self.calm and random.random() < 0.4:
            self.decide()
        return came | changed

    def decisions(self) -> Decisions:
        return Decisions(self.corrections, {number: number for number in self.reports})


@pytest.mark.parametrize("calm", [False, True])
@pytest.mark.parametrize("seed", range(150))
def test_what_is_kept_of_the_grouping_before_changes_no_group(seed: int, calm: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever came, changed, went or was decided since: the groups are those of a grouping of everything."""
    monkeypatch.setattr(grouping_sums, "_FEW", 40)
    monkeypatch.setattr(grouping_sums, "MOST", 1 + seed % 8)
    monkeypatch.setattr(grouping, "_AT_ONCE", 1 + 7 * (seed % 20))
    world = _World(seed, calm)
    homes: dict[int, int] = {}
    joins: set[tuple[int, int]] = set()
    decided_before: set[int] = set()
    for _ in range(12):
        fresh = world.move()
        pairs = arrays(world.reports, [Pair(*both, value) for both, value in world.pairs.items()])
        decisions = world.decisions()
        gone = {home for report, home in homes.items() if report not in world.reports or report in fresh}
        stale = {report for report in world.reports if report not in fresh and (report in decided_before or homes.get(report) in gone)}
        joined = np.array([place for place, pair in enumerate(pairs) if pair[:2] in joins and fresh.isdisjoint(pair[:2])], dtype=np.int64)
        found = group_all(world.reports, pairs, MODEL, decisions, Former(frozenset(fresh), frozenset(stale), joined))
        whole = group_all(world.reports, pairs, MODEL, decisions)
        assert found == whole
        homes = {report: members[0] for members in found.groups for report in members}
        joins = {pairs[place][:2] for place in found.joined}
        decided_before = set(decisions.of_report())


def test_with_nothing_new_no_two_groups_are_held_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = _reports(0, 0, 0, 0)
    pairs = arrays(reports, _pairs(p12=0.95, p34=0.94, p23=0.9))
    first = group_all(reports, pairs, MODEL)
    monkeypatch.setattr(grouping._Groups, "_likely_enough", lambda *_: pytest.fail("asked again"))
    assert group_all(reports, pairs, MODEL, None, Former(frozenset(), frozenset(), np.array(first.joined, dtype=np.int64))) == first
