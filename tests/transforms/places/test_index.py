"""Asking the index: spellings, order, a user's winning entries."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.transforms.places.tiny import tiny_index
from transforms.errors import InputError
from transforms.places.build import write_index
from transforms.places.entry import Entry, place
from transforms.places.index import open_index


def _entry(identity: str, name: str, country: str, population: int, *, wins: bool = False) -> Entry:
    return Entry(place("t", identity, name, "town", admin1=None, country=country, lat=1.0, lon=2.0, population=population), (name,), wins)


def test_candidates_come_most_populous_first() -> None:
    assert [(found.name, found.country) for found in tiny_index().candidates("Tripoli")] == [("Tripoli", "LY"), ("Tripoli", "LB")]


@pytest.mark.parametrize("printed", ["As-Suwayda", "al-Suwayda", "Sweida", "AS-SUWAYDA", "Suwaydā"])
def test_all_spellings_find_the_place(printed: str) -> None:
    assert {found.gazetteer_id for found in tiny_index().candidates(printed)} == {"a2", "t2"}


def test_an_unknown_name_has_no_candidates() -> None:
    assert tiny_index().candidates("Nowhere Springs") == ()
    assert tiny_index().candidates("") == ()


def test_similar_spellings_are_found_within_the_country_only() -> None:
    assert [found.name for found in tiny_index().similar("Kufr Nabil", "SY")] == ["Kafr Nabl"]
    assert tiny_index().similar("Kufr Nabil", "NG") == ()
    assert tiny_index().similar("Hama", "SY") == ()


def test_a_winning_entry_hides_the_others_and_a_same_id_replaces(tmp_path: Path) -> None:
    file = tmp_path / "i.sqlite"
    write_index(
        file,
        [
            _entry("1", "Amba", "ET", 50_000),
            _entry("2", "Amba", "NG", 10, wins=True),
            _entry("1", "Amba", "ET", 60_000),
            _entry("3", "Beta", "ET", 1),
        ],
    )
    index = open_index(file)
    assert [found.gazetteer_id for found in index.candidates("Amba")] == ["2"]
    rows = sqlite3.connect(file).execute("SELECT population FROM place WHERE gazetteer_id = '1'").fetchall()
    assert rows == [(60_000,)]
    index.close()


def test_ids_are_the_same_in_every_build() -> None:
    assert _entry("1", "A", "SY", 1).place.place_id == _entry("1", "B", "LB", 2).place.place_id != _entry("2", "A", "SY", 1).place.place_id


def test_a_missing_or_foreign_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gazetteer index"):
        open_index(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("not a database" * 100)
    with pytest.raises(InputError, match="is no gazetteer index"):
        open_index(tmp_path / "text.sqlite")
