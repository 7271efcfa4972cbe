"""Which source a printed name is: every spelling of one source is one row, on every side by the same rule."""

from __future__ import annotations

import pytest

from transforms.identity import hash63
from transforms.sources import canonical, known_sources, publisher_source
from transforms.sources.affiliations import affiliations, latest

HEALTH_OF_SUWAYDA = (
    "Suwayda health director Hassan Amr",
    "the head of Suweida's health authority",
    "Suwayda health authority",
    "health directorate in Sweida",
    "Suwayda health authority (to Sham FM)",
    "Hassan Amr, the head of the health directorate in As-Suwayda",
)


@pytest.mark.parametrize("printed", HEALTH_OF_SUWAYDA)
def test_a_health_authority_is_one_source_however_it_is_spelled(printed: str) -> None:
    source = canonical(printed, "medical", "BBC News", "SY")
    assert (source.name, source.kind, source.country) == ("Health authority of As Suwayda", "medical", "SY")
    assert source.source_id == hash63("source", source.name)


@pytest.mark.parametrize(
    ("printed", "country", "name"),
    [
        ("SOHR", "SY", "Syrian Observatory for Human Rights"),
        ("the Syrian Observatory For Human Rights (SOHR)", "SY", "Syrian Observatory for Human Rights"),
        ("SOHR activists", "SY", "Syrian Observatory for Human Rights"),
        (
            "Rami Abdel Rahman, the head of the Britain-based Syrian Observatory for Human Rights",
            "SY",
            "Syrian Observatory for Human Rights",
        ),
        ("the Observatory", "SY", "Syrian Observatory for Human Rights"),
        ("Daesh", "SY", "ISIS"),
        ("ISIS (Amaq agency)", "SY", "Amaq News Agency"),
        ("the defence ministry in Moscow", "SY", "Ministry of Defence of Russia"),
        ("Russia's Defense Ministry", "UA", "Ministry of Defence of Russia"),
        ("Russian MoD", None, "Ministry of Defence of Russia"),
        ("Moscow", "SY", "Government of Russia"),
        ("Ukraine's defence ministry", "UA", "Ministry of Defence of Ukraine"),
        ("a Pentagon spokesman", "SO", "United States Department of Defense"),
        ("the army", "IL", "Israel Defense Forces"),
        ("the army", "SY", "Syrian army"),
        ("Gaza's health ministry", "PS", "Ministry of Health in Gaza"),
        ("the Hamas-run health ministry", "PS", "Ministry of Health in Gaza"),
        ("Houthi-run health ministry", "YE", "Ministry of Health in Sanaa"),
        ("Homs Governor Talal Barazi", "SY", "Governor of Homs"),
        ("the governor of Homs", "SY", "Governor of Homs"),
        ("Kandahar police chief Abdul Karim", "AF", "Police of Kandahar"),
        ("police in Kandahar", "AF", "Police of Kandahar"),
        ("police", "KE", "Police of Kenya"),
        ("Oakland County Sheriff's deputies", "US", "Sheriff of Oakland County"),
        ("the province's governor Amer al-Ashi", "SY", "Amer al-Ashi"),
        ("Abu Noor al-Hamwi a local media activist", "SY", "Abu Noor al-Hamwi"),
        ("Raqqa Civil Council", "SY", "Raqqa Civil Council"),
    ],
)
def test_name(printed: str, country: str | None, name: str) -> None:
    assert canonical(printed, None, "SouthFront", country).name == name


@pytest.mark.parametrize(
    "printed",
    [
        "activists",
        "Officials",
        "local sources",
        "a hospital source",
        "a source in the al-Suwayda hospital",
        "A source in the 9th Example Division",
        "US officials",
        "two doctors",
        "the group",
        "residents",
    ],
)
def test_unnamed_sources_count_once_per_publisher(printed: str) -> None:
    here, there = canonical(printed, "other", "SouthFront", "SY"), canonical(printed, "other", "bbc.com", "SY")
    assert here.is_unnamed and here.name == "unnamed sources of SouthFront"
    assert there.name == "unnamed sources of BBC News" and there.source_id != here.source_id
    assert canonical("a woman who fled", "witness", "www.southfront.org", "SY") == here


def test_the_observatory_is_nobody_in_particular_elsewhere() -> None:
    assert canonical("the Observatory", "monitor", "CNN", "US").is_unnamed


@pytest.mark.parametrize("country", ["PS", "YE", "LY", "SD"])
def test_a_ministry_without_a_state_is_not_guessed_where_authorities_are_rivals(country: str) -> None:
    assert canonical("the health ministry", "medical", "CNN", country).is_unnamed


def test_health_authorities_carry_no_affiliation_on_any_side() -> None:
    health = [source for source in known_sources() if "Health" in source.name and source.kind == "medical"]
    assert len(health) >= 5
    assert [source.name for source in health if affiliations(source)] == []


def test_amaq_is_affiliated_media_and_a_party_speaks_for_itself() -> None:
    amaq, isis = canonical("Amaq", None, None, None), canonical("Islamic State", None, None, None)
    assert (amaq.kind, latest(amaq)) == ("media", "ISIS")
    assert (isis.name, isis.kind, isis.is_known) == ("ISIS", "armed_group", True)


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ("syriahr.com", "Syrian Observatory for Human Rights"),
        ("https://www.syriahr.com/en/98822/", "Syrian Observatory for Human Rights"),
        ("sana.sy", "Syrian Arab News Agency"),
        ("southfront.org", "SouthFront"),
        ("South Front", "SouthFront"),
        ("www.bbc.com", "BBC News"),
        ("BBC", "BBC News"),
        ("english.enabbaladi.net", "Enab Baladi"),
        ("www.kstx9.com:80", "kstx9.com"),
        ("The Hill Post", "The Hill Post"),
    ],
)
def test_publisher(publisher: str, name: str) -> None:
    assert publisher_source(publisher).name == name


def test_a_source_on_its_own_site_is_the_same_source_as_when_quoted() -> None:
    assert publisher_source("syriahr.com") == canonical("SOHR", "monitor", "CNN", "SY")


def test_hostile_names_make_a_row_and_no_trouble() -> None:
    for printed in ("'; DROP TABLE core.sources; --", "<script>alert(1)</script>", "\x00", "a" * 100_000, "(((((", "\u202e\u0301" * 50):
        source = canonical(printed, None, "CNN", None)
        assert source.source_id == hash63("source", source.name) and len(source.name) <= 200


def test_ids_are_distinct() -> None:
    ids = [source.source_id for source in known_sources()]
    assert len(set(ids)) == len(ids)
