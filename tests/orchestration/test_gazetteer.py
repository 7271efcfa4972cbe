"""The user's own places: kept, checked, listed, removed, and part of the version of reading."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration import gazetteer, own_places
from transforms.errors import InputError
from transforms.reading.reader import READER_VERSION
from warehouse.paths import DataFolder

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
ADEN, CRATER = "Port of Aden,12.79,45.02,YE", "Crater,12.77,45.03,YE"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def places(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(f"name,lat,lon,country\n{text}\n")
    return path


def names(folder: DataFolder) -> list[str]:
    return [each.name for each in own_places.own_files(folder)]


def test_without_places_of_ones_own_the_version_is_the_readers(folder: DataFolder) -> None:
    assert own_places.own_files(folder) == []
    assert gazetteer.reading_version(folder) == READER_VERSION
    assert not folder.gazetteer.exists(), "asking makes nothing"


def test_several_files_are_kept_each_with_its_hash_rows_and_time(folder: DataFolder, tmp_path: Path) -> None:
    one = places(tmp_path, "one.csv", ADEN)
    (made,) = own_places.add([one], folder, NOW)
    own_places.add([places(tmp_path, "two.csv", f"{CRATER}\n{ADEN}")], folder, NOW)
    assert names(folder) == ["one.csv", "two.csv"]
    first, second = own_places.own_files(folder)
    assert first == made and first.sha256 == hashlib.sha256(one.read_bytes()).hexdigest()
    assert (first.n_places, second.n_places, first.size, first.added_at) == (1, 2, one.stat().st_size, "2026-03-04T10:00:00+00:00")
    one.unlink()
    assert [path.read_text().count("YE") for path in own_places.paths(folder)] == [1, 2], "the copies stay"


def test_one_of_the_same_name_is_replaced_and_the_kept_one_may_be_named_again(folder: DataFolder, tmp_path: Path) -> None:
    own_places.add([places(tmp_path, "one.csv", ADEN), places(tmp_path, "two.csv", ADEN)], folder, NOW)
    own_places.add([places(tmp_path, "one.csv", CRATER)], folder, NOW)
    assert names(folder) == ["two.csv", "one.csv"], "other content counts as added last"
    own_places.add([own_places.paths(folder)[0]], folder, NOW)
    assert names(folder) == ["two.csv", "one.csv"]
    assert "Crater" in own_places.paths(folder)[1].read_text()


def test_other_places_are_another_version_so_that_every_article_is_read_again(folder: DataFolder, tmp_path: Path) -> None:
    own_places.add([places(tmp_path, "mine.csv", ADEN)], folder, NOW)
    first = gazetteer.reading_version(folder)
    assert first.startswith(f"{READER_VERSION}+places.")
    own_places.add([places(tmp_path, "more.csv", CRATER)], folder, NOW)
    second = gazetteer.reading_version(folder)
    own_places.remove("mine.csv", folder)
    third = gazetteer.reading_version(folder)
    assert len({first, second, third}) == 3
    own_places.add([places(tmp_path, "mine.csv", ADEN)], folder, NOW)
    own_places.remove("more.csv", folder)
    assert gazetteer.reading_version(folder) == first, "the same places, the same version"


def test_a_file_is_hashed_again_only_when_its_size_or_time_differ(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_places.add([places(tmp_path, "mine.csv", ADEN)], folder, NOW)
    version, (kept,) = gazetteer.reading_version(folder), own_places.paths(folder)
    hashed: list[Path] = []
    real = own_places._sha256
    monkeypatch.setattr(own_places, "_sha256", lambda path: (hashed.append(path), real(path))[1])
    assert gazetteer.reading_version(folder) == version and hashed == []
    os.utime(kept, ns=(1, 1))
    assert gazetteer.reading_version(folder) == version and hashed == [kept]
    assert gazetteer.reading_version(folder) == version and hashed == [kept], "what was found is written down"
    kept.write_text(kept.read_text() + CRATER + "\n")
    assert gazetteer.reading_version(folder) != version
    assert own_places.own_files(folder)[0].n_places == 2, "an edited copy is checked anew"


def test_nothing_is_kept_when_one_of_the_files_is_wrong(folder: DataFolder, tmp_path: Path) -> None:
    good, bad = places(tmp_path, "good.csv", ADEN), places(tmp_path, "bad.csv", "Port of Aden,192.79,45.02,YE")
    with pytest.raises(InputError, match=r"bad\.csv, line 2, column lat: must be a number between -90 and 90, not '192\.79'"):
        own_places.add([good, bad], folder, NOW)
    with pytest.raises(InputError, match="does not exist"):
        own_places.add([good, tmp_path / "nowhere.csv"], folder, NOW)
    twin = tmp_path / "twin"
    twin.mkdir()
    with pytest.raises(InputError, match=r"two of the files are called good\.csv"):
        own_places.add([good, places(twin, "good.csv", CRATER)], folder, NOW)
    assert names(folder) == []


def test_a_file_that_is_gone_is_said_and_can_be_taken_off_the_list(folder: DataFolder, tmp_path: Path) -> None:
    own_places.add([places(tmp_path, "mine.csv", ADEN)], folder, NOW)
    own_places.paths(folder)[0].unlink()
    with pytest.raises(InputError, match=r"is gone; put it back, or take it off the list with `casualties gazetteer remove mine\.csv`"):
        gazetteer.reading_version(folder)
    with pytest.raises(InputError, match=r"no kept file is called 'other\.csv' \(mine\.csv\)"):
        own_places.remove("other.csv", folder)
    own_places.remove("mine.csv", folder)
    assert gazetteer.reading_version(folder) == READER_VERSION


def test_a_file_kept_by_an_earlier_version_is_taken_over(folder: DataFolder, tmp_path: Path) -> None:
    old = folder.gazetteer / "own" / "mine.csv"
    old.parent.mkdir(parents=True)
    places(old.parent, "mine.csv", ADEN)
    assert [(each.name, each.n_places) for each in own_places.own_files(folder)] == [("mine.csv", 1)]
    assert gazetteer.reading_version(folder).endswith(f"+places.{hashlib.sha256(old.read_bytes()).hexdigest()[:8]}")
