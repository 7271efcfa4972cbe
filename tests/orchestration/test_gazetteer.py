from __future__ import annotations

from pathlib import Path

import pytest

from orchestration import gazetteer
from transforms.errors import InputError
from transforms.reading.reader import READER_VERSION
from warehouse.paths import DataFolder


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


def places(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(f"name,lat,lon,country\n{text}\n")
    return path


def test_without_places_of_ones_own_the_version_is_the_readers(folder: DataFolder) -> None:
    assert gazetteer.user_file(folder) is None
    assert gazetteer.reading_version(folder) == READER_VERSION


def test_the_file_is_kept_for_later_runs_in_place_of_an_earlier_one(folder: DataFolder, tmp_path: Path) -> None:
    gazetteer.keep_user_file(places(tmp_path, "one.csv", "Port of Aden,12.79,45.02,YE"), folder)
    gazetteer.keep_user_file(places(tmp_path, "two.csv", "Crater,12.77,45.03,YE"), folder)
    kept = gazetteer.user_file(folder)
    assert kept is not None and kept.name == "two.csv" and "Crater" in kept.read_text()
    gazetteer.keep_user_file(kept, folder)
    assert gazetteer.user_file(folder) == kept, "the kept file itself may be named again"


def test_other_places_are_another_version_so_that_every_article_is_read_again(folder: DataFolder, tmp_path: Path) -> None:
    file = places(tmp_path, "mine.csv", "Port of Aden,12.79,45.02,YE")
    gazetteer.keep_user_file(file, folder)
    first = gazetteer.reading_version(folder)
    assert first.startswith(f"{READER_VERSION}+places.")
    gazetteer.keep_user_file(places(tmp_path, "same.csv", "Port of Aden,12.79,45.02,YE"), folder)
    assert gazetteer.reading_version(folder) == first, "the same places under another file name"
    gazetteer.keep_user_file(places(tmp_path, "mine.csv", "Port of Aden,12.80,45.02,YE"), folder)
    assert gazetteer.reading_version(folder) != first


def test_a_file_that_is_not_there_is_wrong_use(folder: DataFolder, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        gazetteer.keep_user_file(tmp_path / "nowhere.csv", folder)
