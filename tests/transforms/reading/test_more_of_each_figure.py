"""What is read of a figure beside number, people, source, place and day: cases of tests/fixtures/more_of_each_figure.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.reading.document import Article
from transforms.reading.reader import read

FIXTURE = Path(__file__).parents[2] / "fixtures" / "more_of_each_figure.toml"
CASES = tomllib.loads(FIXTURE.read_text(encoding="utf-8"))["case"]
# Null where a case does not name them: what a sentence does not say is not filled.
SILENT = ("trend", "supersedes", "blamed_text", "blamed_by")
NOT_COLUMNS = ("why", "text", "figure")


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    figures = read(Article("a", case["text"], read_spans=((0, len(case["text"])),))).figures
    by_id = {figure["figure_id"]: figure["quantity_text"] for figure in figures}
    (found,) = [figure for figure in figures if figure["quantity_text"] == case["figure"]]
    shown = {**found, "supersedes": by_id.get(found["supersedes_figure_id"])}
    wanted = {**dict.fromkeys(SILENT), **{key: value for key, value in case.items() if key not in NOT_COLUMNS}}
    assert {key: shown[key] for key in wanted} == wanted
    assert (found["status_basis"] is None) == (found["victim_status"] == "unknown")
