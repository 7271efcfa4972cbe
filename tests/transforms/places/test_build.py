"""Building the index: once, complete or not at all, and anew when its sources change."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from transforms.errors import InputError
from transforms.places import build
from transforms.places.entry import Entry, place
from transforms.places.index import open_index
from transforms.places.regions import country_aliases, read_regions
from transforms.places.user_file import read_user_file
from warehouse.paths import data_folder

CSV = "name,lat,lon,country,wins\n{name},36.0,37.0,SY,{wins}\n"


@pytest.fixture
def small_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the packages' 300,000 entries, which the integration test below reads."""

    def world() -> Iterator[Entry]:
        yield Entry(place("geonames", "1", "Oldtown", "town", admin1=None, country="SY", lat=1.0, lon=1.0, population=10), ("Oldtown",))

    monkeypatch.setattr(build, "_world", world)
    monkeypatch.setattr(build, "read_admin1_names", dict[str, str])


@pytest.mark.usefixtures("small_sources")
def test_the_index_is_built_once_and_anew_when_the_users_file_changes(tmp_path: Path) -> None:
    user = tmp_path / "mine.csv"
    user.write_text(CSV.format(name="Newtown", wins=""))
    first = build.ensure_index(tmp_path / "data", [user])
    stamp = first.stat().st_mtime_ns
    assert build.ensure_index(tmp_path / "data", [user]) == first and first.stat().st_mtime_ns == stamp
    user.write_text(CSV.format(name="Newertown", wins=""))
    second = build.ensure_index(tmp_path / "data", [user])
    assert second != first and not first.exists()
    assert open_index(second).candidates("Newertown") and not open_index(second).candidates("Newtown")
    assert open_index(second).candidates("Oldtown")


@pytest.mark.usefixtures("small_sources")
def test_files_of_ones_own_added_to_the_index_of_the_world_are_an_index_of_all_at_once(tmp_path: Path) -> None:
    """The world is read once: an entry of one's own that replaces one of it must end as if both had been read in one pass."""
    user = tmp_path / "mine.csv"
    user.write_text("id,name,lat,lon,country,population,alternate_names\n2,Newtown,36,37,SY,5,Nova|Neustadt\n,Oldtown,2,2,SY,,\n")
    added = build.ensure_index(tmp_path / "data", [user])
    at_once = tmp_path / "at-once.sqlite"
    build.write_index(at_once, [*build._world(), *read_user_file(user, {})])
    assert _rows(added) == _rows(at_once) and len(_rows(added)["place"]) == 3


@pytest.mark.usefixtures("small_sources")
def test_removed_places_are_in_no_file_and_the_world_is_not_built_again(tmp_path: Path) -> None:
    user = tmp_path / "mine.csv"
    user.write_text(CSV.format(name="Newtown", wins=""))
    world = build.ensure_index(tmp_path / "data", None)
    stamp = world.stat().st_mtime_ns
    own = build.ensure_index(tmp_path / "data", [user])
    assert build.ensure_index(tmp_path / "data", None) == world and world.stat().st_mtime_ns == stamp
    assert not own.exists(), "places may be a secret: who takes a file back takes it out of the index too"


def _rows(index: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(index)) as con:
        return {name: con.execute(f"SELECT * FROM {name}").fetchall() for name in ("place", "name", "alike")}


@pytest.mark.usefixtures("small_sources")
def test_a_bad_user_file_leaves_nothing_of_itself_behind(tmp_path: Path) -> None:
    user = tmp_path / "mine.csv"
    user.write_text("name,lat,lon,country\nA,99,2,SY\n")
    with pytest.raises(InputError):
        build.ensure_index(tmp_path / "data", [user])
    world = build.ensure_index(tmp_path / "data", None)
    assert {item.name for item in (tmp_path / "data").iterdir()} == {"gazetteer.lock", world.name}


def test_every_region_lies_on_the_globe_in_a_country() -> None:
    for entry in read_regions():
        assert entry.place.country and entry.place.lat is not None and entry.place.lon is not None
        assert -90 <= entry.place.lat <= 90 and -180 <= entry.place.lon <= 180
    assert all(len(code) == 2 for code in country_aliases())


@pytest.mark.integration
def test_the_whole_index_opens_at_once_and_knows_the_world(tmp_path: Path) -> None:
    user = tmp_path / "mine.csv"
    user.write_text(CSV.format(name="Homs", wins="yes"))
    file = build.ensure_index(tmp_path, [user], data_folder(None).gazetteer)
    started = time.perf_counter()
    index = open_index(file)
    assert [(found.precision, found.country) for found in index.candidates("Aleppo")[:2]] == [("admin1", "SY"), ("town", "SY")]
    assert time.perf_counter() - started < 2.0
    assert {found.precision for found in index.candidates("Pulwama")} >= {"district", "town"}
    assert any(found.name == "Kyiv" for found in index.candidates("Kiev"))
    assert index.candidates("Britain")[0].country == "GB"
    assert {found.admin1 for found in index.candidates("Sweida") if found.country == "SY"} == {"Suwayda"}
    (mine,) = index.candidates("Homs")
    assert (mine.gazetteer, mine.lat) == ("mine", 36.0)
