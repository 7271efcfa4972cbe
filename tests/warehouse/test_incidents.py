"""Ids of incidents that stay."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.link_reports import arrays
from warehouse.incident_links import MOST_LINKS, link_rows, report_rows
from warehouse.incidents import keep_ids
from warehouse.linking_model import load_model
from warehouse.pairs import Pair

MODEL = load_model()


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


def test_of_each_report_the_most_probable_links_are_kept() -> None:
    """All pairs of an incident grow with its square: 45 for 10 reports, 125,000 for 500."""
    reports = range(1, 61)
    made = [Pair(left, right, 1 - (right - left) / 1000) for left, right in combinations(reports, 2)]
    tables = link_rows(dict.fromkeys(reports, 7), arrays(reports, made), MODEL)
    kept = [(row["left_report_id"], row["right_report_id"]) for rows in tables for row in rows.to_pylist()]
    for report in reports:
        nearest = sorted((other for other in reports if other != report), key=lambda other: abs(other - report))[: MOST_LINKS // 2]
        assert {tuple(sorted((report, other))) for other in nearest} <= set(kept)
    assert len(kept) < len(reports) * MOST_LINKS < len(made)


def test_a_report_goes_by_its_most_probable_pair_and_else_stands_alone() -> None:
    pairs = arrays(range(1, 5), [Pair(1, 2, 0.6), Pair(2, 3, 0.9), Pair(1, 3, 0.7)])
    rows = report_rows(dict.fromkeys(range(1, 5), 7), pairs, MODEL, {3: "decided by N: seen"}).to_pylist()
    assert [row["match_probability"] for row in rows] == [0.7, 0.9, 0.9, None]
    assert [row["link_basis"] for row in rows] == ["", "", "decided by N: seen", "stands alone"]
    assert [row["review"] for row in rows] == ["machine_linked"] * 2 + ["reviewed", "machine_linked"]


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=6))
def test_no_two_groups_get_one_id_however_often_reports_are_regrouped(days: list[list[int]]) -> None:
    """A month of daily runs once gave one id twice: a report that had lent its hash to a group was split off that group."""
    figures = {report: [report * 10 + n for n in range(report)] for report in (1, 2, 3, 4)}
    former: dict[int, int] = {}
    given_out: set[int] = set()
    for day in days:
        groups = [members for n in range(4) if (members := [report for report in figures if day[report - 1] == n])]
        ids = keep_ids(groups, figures, former, given_out=given_out - set(former.values()))
        assert len(set(ids)) == len(groups)
        given_out |= set(ids)
        former = {figure: ids[index] for index, members in enumerate(groups) for report in members for figure in figures[report]}
