"""`casualties incidents train`: from the working file to a model that the next rebuild links with, and back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from orchestration.cli.main import app
from tests.warehouse.made import READ_AT, figure_row, put_article, put_place
from warehouse.connection import open_working
from warehouse.linking_model import load_model
from warehouse.load import insert_rows
from warehouse.migrate import bring_up_to_date
from warehouse.paths import DataFolder
from warehouse.rebuild import rebuild_core

pytestmark = pytest.mark.integration

WORDS = [
    f"{first}{last}" for first in ("dar", "kos", "mel", "nur", "pav", "rim", "sov", "tul") for last in ("a", "eb", "in", "or", "ush", "yr")
]
TRADES = ("baker", "tailor", "driver", "clerk", "farmer", "mason")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A working file with 1,020 reports, each of an article and a day of its own, on one of two towns."""
    made = DataFolder(tmp_path_factory.mktemp("trained"))
    random = Random(3)
    with open_working(made, "test") as con:
        bring_up_to_date(con)
        towns = [put_place(con, name, lat, 36.5) for name, lat in (("Tarba", 32.7), ("Rami", 32.9))]
        figures = []
        for number in range(1_020):
            text = f"A {random.choice(TRADES)} was killed by gunmen at {' '.join(random.sample(WORDS, 12))}."
            day = date(2016, 1, 1) + timedelta(days=number)
            when = {"event_date_start": day, "event_date_end": day, "date_basis": "stated"}
            version = put_article(con, f"article {number}", text=text, published_on=day)
            figures.append(figure_row(version, f"article {number}", "1", sentence=text, **random.choice(towns), **when))
        insert_rows(con, "core.figures", figures)
        rebuild_core(con, READ_AT, made)
    return made


def _casualties(folder: DataFolder, *words: str) -> str:
    done = CliRunner().invoke(app, ["--data", str(folder.root), "incidents", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def _versions(folder: DataFolder) -> list[str]:
    with open_working(folder, "test") as con:
        rebuild_core(con, READ_AT, folder)
        return [version for (version,) in con.execute("SELECT DISTINCT model_version FROM core.incident_reports").fetchall()]


def test_a_trained_model_is_written_told_of_used_by_the_next_rebuild_and_forgotten(folder: DataFolder) -> None:
    told = _casualties(folder, "train")
    own = load_model(folder.linking_model)
    assert f"Model {own.version} is written to {folder.linking_model}" in told
    assert "place: same town" in told, "which weights moved is told: with two towns, one town says little"
    assert own.rarity.per_10000["gunmen"] > 9_000, "every incident here has gunmen"
    assert _versions(folder) == [own.version]
    assert "shipped model is in force again" in _casualties(folder, "train", "--forget")
    assert _versions(folder) == [load_model().version]


def test_too_few_reports_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    few = DataFolder(tmp_path)
    with open_working(few, "test") as con:
        bring_up_to_date(con)
    done = CliRunner().invoke(app, ["--data", str(tmp_path), "incidents", "train"])
    assert done.exit_code != 0
    assert not few.linking_model.exists()
