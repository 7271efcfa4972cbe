"""The commands on the project's own corpus, really run: floors are raised and kept, and the diff shows what turned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.quality import raise_floors, reader_diff
from tests.quality.floors import read_floors, write_floors
from tests.quality.runner import measures, named, read_set
from transforms.places.build import ensure_index
from warehouse.paths import data_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of our own that shares the gazetteer, which takes long to build."""
    kept = data_folder(None).gazetteer
    ensure_index(kept, None)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/gazetteer").symlink_to(kept, target_is_directory=True)
    monkeypatch.setenv("CASUALTIES_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.integration
def test_floors_are_made_raised_and_not_lowered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "floors.toml"
    assert raise_floors.main(["own"], path) == 0
    made = read_floors(path)
    assert "floors moved" in capsys.readouterr().out and made["own"].floors["f1"] > 0.8
    low = made["own"].floors | {"f1": 0.1, "precision": 1.01}
    write_floors({"own": type(made["own"])(made["own"].sha256, low)}, path)
    assert raise_floors.main(["own"], path) == 1
    assert "below its floor 1.0100" in capsys.readouterr().out
    assert read_floors(path)["own"].floors["f1"] == 0.1, "nothing of a set with a broken floor is changed"
    write_floors({"own": type(made["own"])(made["own"].sha256, made["own"].floors | {"f1": 0.1})}, path)
    assert raise_floors.main(["own"], path) == 0
    assert read_floors(path) == made


@pytest.mark.integration
def test_the_same_reader_turns_nothing_and_a_worse_baseline_is_seen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reader_diff.main(["own", "--save"]) == 0
    capsys.readouterr()
    assert reader_diff.main(["own"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("0 went wrong, 0 came right")
    baseline = folder / "data/reader_baseline/own.jsonl"
    lines = [json.loads(line) for line in baseline.read_text(encoding="utf-8").splitlines()]
    silenced = next(line for line in lines if line["article_id"] == "two-verbs")
    silenced["figures"] = []
    baseline.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert reader_diff.main(["own"]) == 0
    told = capsys.readouterr().out
    assert "0 went wrong, 2 came right" in told and "wrong -> right  two-verbs killed text" in told


@pytest.mark.integration
def test_one_worker_and_two_read_the_same() -> None:
    data = named("own")
    assert read_set(data, workers=1) == read_set(data, workers=2)


@pytest.mark.integration
def test_a_set_is_measured_under_the_names_of_its_floors() -> None:
    data = named("own")
    assert set(read_floors()["own"].floors) <= set(measures(data, read_set(data, workers=1)))
