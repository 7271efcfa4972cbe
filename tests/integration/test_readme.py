"""The README is true: its commands run, and print what it shows."""

from pathlib import Path

import pytest

from tests import readme

pytestmark = pytest.mark.integration


def test_every_command_prints_what_the_readme_shows(tmp_path: Path) -> None:
    data, checked = readme.prepare(tmp_path / "data"), 0
    for command in readme.commands(readme.README.read_text(encoding="utf-8")):
        if not command.is_run:
            continue
        printed = readme.run(command, data)
        if command.output:
            assert printed == command.output, f"{command.line}: write the README anew with `make docs`"
            checked += 1
    assert checked >= 7, "the first screen, five queries and more show real output"


def test_the_first_two_commands_are_make_run_and_make_test() -> None:
    first = [command.line for command in readme.commands(readme.README.read_text(encoding="utf-8"))][:2]
    assert first == ["make run", "make test"]
