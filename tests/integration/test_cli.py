"""The command itself: help, version, start-up, `read`, and text that must stay inert."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.commands import PROJECT, casualties, data_folder_with_places
from warehouse.connection import open_working
from warehouse.figures import READING_COLUMNS
from warehouse.load import fetch_rows, insert_rows
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration

COMMANDS = (
    "run",
    "compare",
    "incident",
    "report",
    "sql",
    "read",
    "ui",
    "prepare",
    "quarantine",
    "quarantine list",
    "quarantine readmit",
    "verify",
    "backup",
    "restore",
    *("sources", "sources review", "sources merge", "sources unmerge", "sources list"),
    *("places", "places review", "gazetteer", "gazetteer add", "gazetteer list", "gazetteer remove"),
    "diff-reader",
    "prune",
)
GROUPS = ("quarantine", "sources", "places", "gazetteer")
HEAVY = ("dagster", "great_expectations", "duckdb", "pandas", "splink", "rich", "trafilatura")
STATED = "At least 12 people were killed in a raid on Aden on Monday, the army said."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return data_folder_with_places(tmp_path_factory.mktemp("cli"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    done = casualties(*command.split(), "--help")
    assert done.returncode == 0
    assert command in GROUPS or f"casualties {command}" in done.stdout.replace("\n", " ")


def test_help_names_every_command_and_the_exit_codes() -> None:
    shown = casualties("--help").stdout
    for command in COMMANDS:
        assert command.split()[0] in shown
    assert "Exit codes: 0 done, 1 a run failed, 2 wrong use." in shown


def test_the_version_names_the_reader_too() -> None:
    done = casualties("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("casualties ") and ", reader " in done.stdout


@pytest.mark.parametrize("line", ["nonsense", "run", "compare --nonsense", "compare --format xml", "read --workers 0 -"])
def test_what_is_no_command_is_wrong_use(line: str) -> None:
    done = casualties(*line.split())
    assert done.returncode == 2
    assert done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["--help"], ["read", "-", "--data", "{data}"]])
def test_a_light_command_imports_nothing_heavy(arguments: list[str], data: Path) -> None:
    """Dagster takes 1 s to import, Great Expectations 4 s: `read` and `--help` must start within one."""
    script = (
        "import sys\nfrom orchestration.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, *(argument.format(data=data) for argument in arguments)]
    done = subprocess.run(command, input=b"", capture_output=True, cwd=PROJECT, check=True)
    assert done.stderr.decode().strip() == "[]"


def test_nothing_published_yet_is_said(tmp_path: Path) -> None:
    for arguments in (["compare"], ["sql", "SELECT 1"], ["report"], ["incident", "1"]):
        done = casualties(*arguments, data=tmp_path)
        assert done.returncode == 2
        assert "nothing has been published yet" in done.stderr


def test_read_from_a_pipe_leaves_bad_lines_out_and_says_so(data: Path) -> None:
    lines = [
        json.dumps({"article_id": "b", "text": STATED, "published_on": "2021-05-04"}),
        "{broken \x1b[2J",
        "",
        json.dumps({"article_id": "c", "title": "no text"}),
        json.dumps({"text": "Nobody was hurt."}),
    ]
    done = casualties("read", "-", data=data, given="\n".join(lines))
    assert done.returncode == 0
    out = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["article_id"] for line in out] == ["b", "line-5"]
    figure = out[0]["figures"][0]
    assert (figure["quantity_text"], figure["count_min"], figure["bound"], figure["outcome"]) == ("At least 12", 12, "at_least", "killed")
    assert STATED[figure["char_start"] : figure["char_end"]] == "At least 12"
    assert set(out[0]) == {"article_id", "figures", "main_incident"}
    assert "line 2 left out: no JSON" in done.stderr and "line 4 left out: `text` is missing or empty" in done.stderr
    assert "\x1b" not in done.stderr
    assert casualties("read", "-", "--strict", data=data, given="\n".join(lines)).returncode == 1


def test_read_of_nothing_but_bad_lines_fails_and_of_nothing_does_not(data: Path) -> None:
    assert casualties("read", "-", data=data, given="{\n").returncode == 1
    assert casualties("read", "-", data=data, given=b"\xff\xfe\n").returncode == 1
    assert casualties("read", "-", data=data, given="").returncode == 0


def test_read_gives_the_same_with_workers_in_the_same_order(data: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    numbered = [json.dumps({"article_id": str(n), "text": STATED.replace("12", str(n + 2))}) for n in range(70)]
    source.write_text("\n".join(numbered), encoding="utf-8")
    for workers in ("1", "2"):
        done = casualties("read", source, "-o", tmp_path / f"out-{workers}.jsonl", "--workers", workers, data=data)
        assert done.returncode == 0, done.stderr
    one, two = ((tmp_path / f"out-{workers}.jsonl").read_text(encoding="utf-8") for workers in ("1", "2"))
    assert one == two
    assert [json.loads(line)["article_id"] for line in one.splitlines()] == [str(n) for n in range(70)]


def test_what_an_article_says_cannot_reach_the_terminal_the_spreadsheet_or_the_page(data: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.jsonl"
    article = {
        "article_id": "=HYPERLINK(1)",
        "publisher": "=cmd|' /C calc'!A0",
        "url": "javascript:alert(1)",
        "title": "\u202eAt least 12 killed\x1b]0;owned\x07",
        "published_on": "2021-05-04",
        "text": "At least 12 people were killed in a raid on Aden on Monday, <b>the army</b> said.\x1b[2J\u202e The army counts.",
    }
    hostile.write_text(json.dumps(article), encoding="utf-8")
    assert casualties("run", hostile, data=data).returncode == 0
    (incident,) = json.loads(casualties("sql", "SELECT incident_id FROM core.incidents", "--format", "json", data=data).stdout)
    everything = [
        casualties("compare", data=data),
        casualties("incident", str(incident["incident_id"]), data=data),
        casualties("incident", str(incident["incident_id"]), "--format", "json", data=data),
        casualties("sql", "FROM raw.articles", data=data),
        casualties("quarantine", "list", "--all", data=data),
    ]
    for done in everything:
        assert done.returncode == 0, done.stderr
        assert not any(character in done.stdout for character in "\x1b\x07\u202e")
    listed = casualties("incident", str(incident["incident_id"]), "--format", "csv", data=data).stdout
    assert "'=cmd" in listed and ",=cmd" not in listed
    assert casualties("report", data=data).returncode == 0
    page = (data / "reports" / f"incident-{incident['incident_id']}.html").read_text(encoding="utf-8")
    assert "<b>" not in page and "javascript:" not in page


def test_a_held_back_figure_is_listed_and_let_in_with_a_reason(tmp_path: Path) -> None:
    data = data_folder_with_places(tmp_path / "data")
    source = tmp_path / "one.jsonl"
    source.write_text(
        json.dumps({"article_id": "y", "text": STATED, "published_on": "2021-05-04", "is_paraphrase": True}), encoding="utf-8"
    )
    assert casualties("run", source, data=data).returncode == 0
    assert "The quarantine is empty" in casualties("quarantine", "list", data=data).stdout
    number = hold_back(data)
    listed = casualties("quarantine", "list", "--format", "json", data=data).stdout
    (held,) = json.loads(listed)
    assert (held["quarantine_id"], held["expectation"], held["sentence"]) == (number, "number_is_no_age", STATED)
    assert casualties("quarantine", "readmit", str(number), data=data).returncode == 2, "a reason is needed"
    done = casualties("quarantine", "readmit", str(number), "--why", "counted", "--by", "a tester", data=data)
    assert done.returncode == 0, done.stderr
    assert "is re-admitted over number_is_no_age" in done.stdout
    done = casualties("run", source, data=data)
    assert done.returncode == 0, done.stderr
    landed = json.loads(casualties("sql", "SELECT flags FROM core.figures", "--format", "json", data=data).stdout)
    assert landed == [{"flags": ["readmitted"]}], "the run with nothing new still brings it into the published copy"
    assert "The quarantine is empty" in casualties("quarantine", "list", data=data).stdout


def hold_back(data: Path) -> int:
    """Move the one figure into the quarantine, as a failed expectation would have, and return the quarantine row's id."""
    with open_working(DataFolder(data), "a test") as con:
        (figure,) = fetch_rows(con, "FROM core.figures")
        made = {name: figure[name] for name in READING_COLUMNS}
        row = {
            **{name: figure[name] for name in ("figure_id", "article_version_id", "reader_version", "run_id")},
            "quarantine_id": 77,
            "expectation": "number_is_no_age",
            "reason": "it looks like an age",
            "row_json": json.dumps(made, default=str),
            "quarantined_at": figure["valid_from"],
        }
        con.execute("DELETE FROM core.figures")
        insert_rows(con, "ops.quarantine", [row])
    return 77


def test_an_argument_that_is_no_text_is_told_and_a_file_may_be_called_so(tmp_path: Path) -> None:
    """Bytes of another encoding went as far as DuckDB, which cannot take them, and came back as a traceback."""
    odd = os.fsdecode(b"caf\xe9.txt")
    for arguments in (["sql", odd], ["compare", "--place", odd], ["redact", odd, "--why", "w", "--by", "b"]):
        done = casualties(*arguments, data=tmp_path / "data")
        assert done.returncode == 2 and "is not valid UTF-8" in done.stderr and "Traceback" not in done.stderr
    (tmp_path / odd).write_text("Three soldiers were killed in Aden on Monday, the army said.", encoding="utf-8")
    assert casualties("explain", tmp_path / odd).returncode == 0
