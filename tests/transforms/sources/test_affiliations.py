"""Which source belongs to which party, where and when: data and rules, the same for every side."""

from __future__ import annotations

from datetime import date

import pytest

from transforms.sources import Source, canonical, known_sources
from transforms.sources.affiliations import affiliations, conflicts, latest, listed
from transforms.sources.known import named
from transforms.sources.parents import ancestors, parent_of


def source(printed: str, country: str | None = None) -> Source:
    return canonical(printed, None, "A Paper", country)


def parties(printed: str, country: str, day: date) -> set[str]:
    """What mart.party_of gives."""
    return {
        each.party
        for each in affiliations(source(printed))
        if (each.conflict is None or country in each.countries) and (each.valid_from or day) <= day <= (each.valid_until or day)
    }


def test_every_line_names_a_known_source_party_and_conflict_and_has_a_reference() -> None:
    assert len(conflicts()) >= 40 and len(listed()) >= 40
    for conflict in conflicts().values():
        assert conflict.reference.startswith("https://") and len(conflict.parties) >= 2, conflict.name
    for name, ties in listed().items():
        for tie in ties:
            assert tie.reference and tie.reference.startswith("https://"), name
            assert tie.valid_from is None or tie.valid_until is None or tie.valid_from <= tie.valid_until, name


@pytest.mark.parametrize(
    ("printed", "country", "day", "party"),
    [
        ("Amaq", "SY", date(2018, 7, 25), {"ISIS"}),
        ("Amaq", "AF", date(2021, 8, 26), {"ISIS"}),
        ("TASS", "UA", date(2023, 1, 1), {"Government of Russia"}),
        ("TASS", "SY", date(2016, 1, 1), {"Government of Russia"}),
        ("TASS", "CO", date(2016, 1, 1), set()),
        ("TASS", "UA", date(2010, 1, 1), set()),
        ("Ukrinform", "UA", date(2023, 1, 1), {"Government of Ukraine"}),
        ("Aleppo Media Center", "SY", date(2016, 9, 1), {"Syrian opposition"}),
        ("Aleppo Media Center", "SY", date(2025, 3, 1), set()),
        ("Afghan interior ministry", "AF", date(2015, 1, 1), {"Government of Afghanistan"}),
        ("Afghan interior ministry", "AF", date(2022, 1, 1), {"Taliban"}),
        ("Government Media Office in Gaza", "PS", date(2023, 11, 1), {"Hamas"}),
        ("Xinhua", "SY", date(2016, 1, 1), set()),
    ],
)
def test_an_affiliation_holds_in_its_conflict_and_on_its_days(printed: str, country: str, day: date, party: set[str]) -> None:
    assert parties(printed, country, day) == party


@pytest.mark.parametrize(
    ("printed", "army"),
    [
        ("the Israeli military", "Israeli army"),
        ("Russian defence ministry", "Russian army"),
        ("Ukraine's General Staff", "Ukrainian army"),
        ("Syrian army", "Syrian army"),
        ("Chad's defence ministry", "Chadian army"),
        ("Peshmerga", "Peshmerga"),
        ("Hamas", "Hamas"),
        ("Rapid Support Forces", "Rapid Support Forces"),
    ],
)
def test_a_force_is_its_own_party_and_a_states_forces_are_its_army(printed: str, army: str) -> None:
    """The name is that of groups.csv, under which an incident's attacker stands: else nobody sees that a source is the attacker."""
    assert latest(source(printed)) == army


def test_health_authorities_and_rescue_services_have_no_party_on_any_side() -> None:
    caring = [each for each in known_sources() if each.kind in ("medical", "rescue")]
    assert len(caring) >= 50
    assert [each.name for each in caring if affiliations(each)] == []
    for printed in ("Gaza health ministry", "Israel's health ministry", "Ukraine's health ministry", "Russian health ministry"):
        assert latest(source(printed)) is None and ancestors(source(printed)), printed


@pytest.mark.parametrize(
    ("printed", "above"),
    [
        ("Gaza's health ministry", ["Authorities in Gaza"]),
        ("the Houthi health ministry", ["Authorities in Sanaa"]),
        ("Ministry of Health of Ukraine", ["Government of Ukraine"]),
        ("Chadian defence ministry spokesman Azem Bermendoa", ["Government of Chad"]),
        ("the Nigerian interior ministry", ["Government of Nigeria"]),
        ("Russian Centre for Reconciliation", ["Ministry of Defence of Russia", "Government of Russia"]),
        ("the Syrian army", ["Government of Syria"]),
        ("the Libyan National Army", []),
        ("Amnesty International", []),
    ],
)
def test_a_body_is_part_of_what_stands_above_it_up_to_the_state(printed: str, above: list[str]) -> None:
    assert [each.name for each in ancestors(source(printed))] == above


def test_a_body_made_by_rule_is_known_and_a_printed_name_is_not() -> None:
    assert source("the Chadian defence ministry").is_known
    assert source("Kano police").is_known and parent_of(source("Kano police")) is None
    assert not source("Hilltop Observers").is_known and affiliations(source("Hilltop Observers")) == ()


def test_a_bare_state_is_its_government_unless_rival_ones_claim_the_name() -> None:
    assert source("Chad").name == source("N'Djamena").name == "Government of Chad"
    assert source("the Philippines") == named("Government of Philippines")
    assert source("Palestine").name != "Government of Palestine"
