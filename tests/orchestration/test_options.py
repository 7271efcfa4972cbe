from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli.options import WIDEST, WIDTH_OF_PIPES, console, day
from transforms.errors import InputError


def test_days_are_iso() -> None:
    assert day("2018-07-25", "--from") == date(2018, 7, 25)
    assert day(None, "--from") is None
    with pytest.raises(InputError, match=r"--from '25\.7\.2018' is no day"):
        day("25.7.2018", "--from")


def test_a_pipe_is_wide_enough_for_the_comparison_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert console().width == WIDTH_OF_PIPES
    monkeypatch.setenv("COLUMNS", "100")
    assert console().width == 100
    monkeypatch.setenv("COLUMNS", "500")
    assert console().width == WIDEST


@pytest.mark.parametrize("before", [True, False], ids=["before the command", "behind it"])
def test_the_option_beats_the_environment_wherever_it_stands(before: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.cli.main import app

    monkeypatch.setenv("CASUALTIES_DATA", str(tmp_path / "environment"))
    option, command = ["--data", str(tmp_path / "option")], ["sql", "SELECT 1"]
    done = CliRunner().invoke(app, [*option, *command] if before else [command[0], *option, command[1]])
    said = str(done.exception) + done.output
    assert "option" in said and str(tmp_path / "environment") not in said, "what is typed is meant: evidence never lands elsewhere"
