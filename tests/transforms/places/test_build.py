"""Building the index: once, complete or not at all, and anew when its sources change."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from transforms.errors import InputError
from transforms.places import build
from transforms.places.entry import Entry, place
from transforms.places.index import open_index
from transforms.places.regions import country_aliases, read_regions
from transforms.places.user_file import read_user_file

CSV = "name,lat,lon,country,wins\n{name},36.0,37.0,SY,{wins}\n"


@pytest.fixture
def small_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the packages' 300,000 entries, which the integration test below reads."""

    def sources(user_files: Sequence[Path]) -> Iterator[Entry]:
        yield Entry(place("geonames", "1", "Oldtown", "town", admin1=None, country="SY", lat=1.0, lon=1.0, population=10), ("Oldtown",))
        for user_file in user_files:
            yield from read_user_file(user_file, {})

    monkeypatch.setattr(build, "_sources", sources)


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


@pytest.mark.usefixtures("small_sources")
def test_a_bad_user_file_leaves_nothing_behind(tmp_path: Path) -> None:
    user = tmp_path / "mine.csv"
    user.write_text("name,lat,lon,country\nA,99,2,SY\n")
    with pytest.raises(InputError):
        build.ensure_index(tmp_path / "data", [user])
    assert [item.name for item in (tmp_path / "data").iterdir()] == ["gazetteer.lock"]


def test_every_region_lies_on_the_globe_in_a_country() -> None:
    for entry in read_regions():
        assert entry.place.country and entry.place.lat is not None and entry.place.lon is not None
        assert -90 <= entry.place.lat <= 90 and -180 <= entry.place.lon <= 180
    assert all(len(code) == 2 for code in country_aliases())


@pytest.mark.integration
def test_the_whole_index_opens_at_once_and_knows_the_world(tmp_path: Path) -> None:
    user = tmp_path / "mine.csv"
    user.write_text(CSV.format(name="Homs", wins="yes"))
    file = build.ensure_index(tmp_path, [user])
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
