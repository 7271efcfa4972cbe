"""The README is true: its commands run, and print what it shows."""

import csv
from pathlib import Path

import pytest

from tests import readme
from warehouse.connection import open_published
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[readme.Command, str]]]:
    """A data folder in which every command of the README was run, and what each printed."""
    data = readme.prepare(tmp_path_factory.mktemp("readme") / "data")
    shown = [command for command in readme.commands(readme.README.read_text(encoding="utf-8")) if command.is_run]
    return data, [(command, readme.run(command, data)) for command in shown]


def test_every_command_prints_what_the_readme_shows(ran: tuple[Path, list[tuple[readme.Command, str]]]) -> None:
    compared = [(command, printed) for command, printed in ran[1] if command.output]
    for command, printed in compared:
        assert printed == command.output, f"{command.line}: write the README anew with `make docs`"
    assert len(compared) >= 7, "the first screen, five queries and more show real output"


def test_the_examples_make_exactly_the_incidents_that_were_written_down_before(
    ran: tuple[Path, list[tuple[readme.Command, str]]],
) -> None:
    """A person wrote examples/incidents.csv by reading the articles: files of one name are of one incident, the others of none."""
    with (readme.ROOT / "examples" / "incidents.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["file"]: row["incident"] for row in csv.DictReader(file)}
    assert listed.keys() == {path.name for path in (readme.ROOT / "examples" / "articles").iterdir()}
    with open_published(DataFolder(ran[0])) as con:
        rows = con.execute(
            "SELECT a.origin, list(DISTINCT i.incident_id) FILTER (i.incident_id IS NOT NULL) FROM raw.articles AS a "
            "LEFT JOIN core.reports AS r USING (article_version_id) LEFT JOIN core.incident_reports AS i USING (report_id) GROUP BY ALL"
        ).fetchall()
    made = {Path(origin).name: sorted(incidents or []) for origin, incidents in rows}
    for file, incident in listed.items():
        fellows = [made[other] for other in listed if incident and listed[other] == incident]
        assert len(made[file]) == bool(incident) and all(found == made[file] for found in fellows), f"{file}: {made[file]}"
    assert len({tuple(found) for found in made.values() if found}) == len({name for name in listed.values() if name})


def test_the_first_two_commands_are_make_run_and_make_test() -> None:
    first = [command.line for command in readme.commands(readme.README.read_text(encoding="utf-8"))][:2]
    assert first == ["make run", "make test"]
