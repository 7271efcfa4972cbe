from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.warehouse.compared import BRIDGE, HOSTILE, MARKET, compared
from transforms.errors import InputError
from warehouse import comparison, wording
from warehouse.comparison import ANY_ORIGIN, Filters, Without

# a database is made and filled: too slow for the unit tests
pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    return compared()


def ids(con: duckdb.DuckDBPyConnection, **given: Any) -> list[int]:
    return [incident.incident_id for incident in comparison.compare(con, Filters(**given)).incidents]


def test_incidents_come_best_covered_first_with_their_cells(con: duckdb.DuckDBPyConnection) -> None:
    found = comparison.compare(con, Filters())
    assert [incident.incident_id for incident in found.incidents] == [MARKET, BRIDGE]
    (cell,) = found.incidents[0].cells
    assert (cell.lowest, cell.highest, cell.n_origins, cell.is_conflict) == (24, 90, 3, True)
    assert [origin.name for origin in cell.origins] == ["Red Column", "Hilltop Monitor", "unnamed sources of The Gazette"]
    monitor = cell.origins[1]
    assert monitor.publishers == ("Evening Post", "The Gazette")
    assert [revision.count_shown for revision in monitor.revisions] == ["38", "≥ 40"]
    assert found.incidents[1].contained_in == "Market, 2021-05-03"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"place": "sana"}, [MARKET]),  # Ṣan‘ā’: accents and case do not matter
        ({"place": "san a"}, []),
        ({"place": "market"}, [MARKET]),
        ({"place": "DAR SALAM"}, [MARKET, BRIDGE]),  # as a report printed it, hyphen or not
        ({"place": "Yemen"}, [MARKET, BRIDGE]),  # a country by name …
        ({"place": "ye"}, [MARKET, BRIDGE]),  # … and by code
        ({"place": "%"}, []),  # nothing in a place is a pattern
        ({"place": "'; DROP TABLE core.incidents; --"}, []),
        ({"from_day": date(2021, 5, 4)}, [BRIDGE]),
        ({"to_day": date(2021, 5, 3)}, [MARKET]),
        ({"from_day": date(2021, 6, 2), "to_day": date(2021, 6, 9)}, [BRIDGE]),  # its last day counts
        ({"min_sources": 2}, [MARKET]),
        ({"min_sources": 4}, []),
        ({"outcome": "injured"}, []),
        ({"outcome": "killed"}, [MARKET, BRIDGE]),
        ({"limit": 1}, [MARKET]),
    ],
)
def test_filters(con: duckdb.DuckDBPyConnection, given: dict[str, Any], found: list[int]) -> None:
    assert ids(con, **given) == found


def test_a_limit_says_how_many_match(con: duckdb.DuckDBPyConnection) -> None:
    assert comparison.compare(con, Filters(limit=1)).n_matching == 2


@pytest.mark.parametrize("given", [{"outcome": "dead"}, {"from_day": date(2021, 5, 4), "to_day": date(2021, 5, 3)}])
def test_wrong_filters_are_wrong_use(given: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Filters(**given)


def test_running_tolls_of_one_thing_stand_side_by_side(con: duckdb.DuckDBPyConnection) -> None:
    (group,) = comparison.compare(con, Filters()).series
    assert (group.what, group.place) == ("people, killed", "Dar-Salâm")
    assert [(row["origin"], row["count_shown"], row["since_text"]) for row in group.rows] == [
        ("Hilltop Monitor", "> 600", "since March"),
        ("Red Column", "283", None),
    ]
    assert comparison.compare(con, Filters(min_sources=3)).series == ()


def test_an_incident_is_found_by_the_first_digits_of_its_id(con: duckdb.DuckDBPyConnection) -> None:
    assert comparison.one_incident(con, str(MARKET)).incident_id == MARKET
    assert comparison.one_incident(con, str(BRIDGE)[:-1]).incident_id == BRIDGE
    with pytest.raises(InputError, match="starts several"):
        comparison.one_incident(con, "41")
    with pytest.raises(InputError, match="no incident 9"):
        comparison.one_incident(con, "9")
    with pytest.raises(InputError, match="no incident id"):
        comparison.one_incident(con, "1 OR 1=1")


def test_every_figure_comes_with_its_words_also_what_was_denied(con: duckdb.DuckDBPyConnection) -> None:
    figures = comparison.figures_of(con, MARKET)
    assert [figure["article_id"] for figure in figures] == ["a1", "a2", "a2", "a3", "a3"]
    assert figures[1]["sentence"] == HOSTILE
    assert {figure["stance"] for figure in figures} == {"asserted", "claimed", "denied"}
    assert comparison.spellings(figures) == {3: ("a hospital source",)}, "`The X` and `the x` are one name"


def test_days() -> None:
    assert wording.days(date(2018, 7, 25), date(2018, 7, 25)) == "25 Jul 2018"
    assert wording.days(date(2018, 7, 25), date(2018, 7, 26)) == "25–26 Jul 2018"
    assert wording.days(date(2018, 7, 30), date(2018, 8, 1)) == "30 Jul – 1 Aug 2018"
    assert wording.days(date(2018, 12, 30), date(2019, 1, 1)) == "30 Dec 2018 – 1 Jan 2019"
    assert wording.days(None, date(2018, 7, 25)) == "25 Jul 2018"
    assert wording.days(None, None) == "day unknown"


def revision(shown: str, day: int, *, order_known: bool = True) -> comparison.Revision:
    return comparison.Revision(1, date(2018, 7, day), None, "X", shown, None, order_known, None, "up")


@pytest.mark.parametrize(
    ("revisions", "told"),
    [
        ([revision("38", 1)], ""),
        ([revision("38", 1), revision("38", 2)], ""),  # the same number again is no movement
        ([revision("38", 1), revision("≥ 40", 2)], "38 → ≥40"),
        ([revision("156", 1, order_known=False), revision("183", 1, order_known=False), revision("246", 2)], "156 / 183 → 246"),
        ([revision("156", 1, order_known=False), revision("183", 2, order_known=False)], "156 → 183"),  # other days are an order
    ],
)
def test_movement_claims_no_order_that_is_not_known(revisions: list[comparison.Revision], told: str) -> None:
    assert wording.movement(revisions) == told


def test_a_party_is_named_as_one_by_the_same_rule_for_every_side() -> None:
    assert wording.party("Red Column", "Red Column", "Red Column") == "party: Red Column, the attacker"
    assert wording.party("Red Column press office", "Red Column", "Red Column") == "party: Red Column, the attacker"
    assert wording.party("Ministry of Defence", "Government", "Red Column") == "party: Government"
    assert wording.party("Hilltop Monitor", None, "Red Column") == ""


def test_a_conflict_is_told_with_its_width(con: duckdb.DuckDBPyConnection) -> None:
    (cell,) = comparison.compare(con, Filters()).incidents[0].cells
    assert wording.agreement(cell) == "in conflict: these numbers cannot all hold (50 apart, 2.2 ×)"


def test_what_a_range_rests_on_is_told_where_it_moves_it(con: duckdb.DuckDBPyConnection) -> None:
    (cell,) = comparison.compare(con, Filters()).incidents[0].cells
    moved = (Without(ANY_ORIGIN, 40, 40), Without("unreviewed figures", None, None), Without("the weakest link", 24, 40))
    assert wording.resting(replace(cell, without=moved)) == (
        "without the lowest origin from 40, without the highest up to 40; without unreviewed figures nothing; "
        "without the weakest link 24 to 40"
    )
    assert wording.resting(replace(cell, without=moved, n_origins=1)) == ""


def test_the_whole_names_its_parts(con: duckdb.DuckDBPyConnection) -> None:
    market, bridge = comparison.compare(con, Filters()).incidents
    assert market.contains == ("Bridge, 2021-06-01",)
    assert bridge.contains == ()
