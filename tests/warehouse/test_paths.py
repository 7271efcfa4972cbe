from __future__ import annotations

from pathlib import Path

import pytest

from transforms.errors import InputError
from warehouse.paths import DataFolder, data_folder


def test_option_wins_over_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CASUALTIES_DATA", str(tmp_path / "from-environment"))
    assert data_folder(tmp_path / "given").root == tmp_path / "given"


def test_environment_wins_over_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CASUALTIES_DATA", str(tmp_path / "from-environment"))
    assert data_folder().root == tmp_path / "from-environment"


@pytest.mark.parametrize("value", [None, ""])
def test_default_is_data_beside_us_and_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str | None) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CASUALTIES_DATA", raising=False)
    if value is not None:
        monkeypatch.setenv("CASUALTIES_DATA", value)
    folder = data_folder()
    monkeypatch.chdir("/")
    assert folder.root == tmp_path / "data"
    assert folder.database == tmp_path / "data" / "warehouse" / "casualties.duckdb"
    assert not folder.root.exists()


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(InputError, match="is a file"):
        data_folder(tmp_path / "data")


def test_everything_lies_under_the_root_and_apart(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    places = [
        folder.database,
        folder.published,
        folder.published_info,
        folder.lock,
        folder.data_docs,
        folder.dagster_home,
        folder.gazetteer,
        folder.reports,
    ]
    assert len(set(places)) == len(places)
    assert all(place.is_relative_to(tmp_path) and place != tmp_path for place in places)
