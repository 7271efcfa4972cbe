"""Names are published only when somebody clearly says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from transforms.errors import InputError
from warehouse.paths import DataFolder
from warehouse.settings import MASK_VARIABLE, masks_names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    monkeypatch.delenv(MASK_VARIABLE, raising=False)
    return DataFolder(tmp_path)


def test_names_are_masked_unless_switched_off(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert masks_names(folder)
    folder.settings.write_text("mask = false\n")
    assert not masks_names(folder)
    monkeypatch.setenv(MASK_VARIABLE, "true")
    assert masks_names(folder)


@pytest.mark.parametrize("written", ['mask = "no"', "mask = ", "masks = false"])
def test_a_mistake_in_the_file_stops(folder: DataFolder, written: str) -> None:
    folder.settings.write_text(written)
    with pytest.raises(InputError, match=r"settings\.toml"):
        masks_names(folder)


def test_a_mistake_in_the_environment_stops(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MASK_VARIABLE, "nope")
    with pytest.raises(InputError, match=MASK_VARIABLE):
        masks_names(folder)
