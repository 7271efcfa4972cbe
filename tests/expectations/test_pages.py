"""The files of the Data Docs: paths, the index, and hostile text."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from expectations import pages

NOW = datetime(2026, 3, 3, 12)
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>[a](javascript:alert(3))'


def _row(**others: Any) -> dict[str, Any]:
    row = {"expectation": "bound_in_set", "severity": "quarantine", "success": True, "n_rows": 10, "n_unexpected": 0, "checked_at": NOW}
    return row | others


def test_chunks_are_added_up_and_failures_come_first() -> None:
    lines = pages.merge(
        [
            _row(),
            _row(success=False, n_unexpected=2),
            _row(expectation="a_rule"),
            _row(expectation="z_rule", severity="flag", success=False, n_unexpected=1),
        ]
    )
    assert [(line.expectation, line.success, line.n_rows, line.n_unexpected) for line in lines] == [
        ("bound_in_set", False, 20, 2),
        ("z_rule", False, 10, 1),
        ("a_rule", True, 10, 0),
    ]


@pytest.mark.parametrize("name", ["core.figures", "run_1", "7f1c-22", "a.b.c"])
def test_plain_names_are_kept(name: str) -> None:
    assert pages.file_name(name) == name


@pytest.mark.parametrize("name", ["../../etc", "..", ".", "", "a/b", "a\\b", "a..b", ".hidden", "ü", "a b", "x" * 500, HOSTILE, "a\n"])
def test_other_names_become_hashes(name: str) -> None:
    assert pages.file_name(name) != name
    assert pages.file_name(name).isalnum()


def test_hostile_names_stay_text_and_inside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    page = pages.write_page(folder, HOSTILE, "core.figures", [], pages.merge([_row(expectation=HOSTILE, success=False, n_unexpected=1)]))
    index = pages.write_index(folder)
    assert page.is_relative_to(folder)
    for path in (page, index):
        tree = html.fromstring(path.read_bytes())
        assert not tree.xpath("//script | //img | //*[@onerror] | //a[starts-with(@href, 'javascript')]")
        assert HOSTILE in " ".join(tree.text_content().split())
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'")


def test_the_index_lists_runs_newest_first_and_keeps_a_limited_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "KEPT_RUNS", 2)
    for day in (1, 3, 2):
        moment = datetime(2026, 3, day)
        pages.write_page(tmp_path, f"run{day}", "core.figures", [], pages.merge([_row(checked_at=moment)]))
    index = pages.write_index(tmp_path).read_text(encoding="utf-8")
    assert index.index("run3") < index.index("run2")
    assert "run1" not in index
    assert sorted(path.name for path in (tmp_path / "runs").iterdir()) == ["run2", "run3"]


def test_suites_of_one_run_are_written_one_by_one(tmp_path: Path) -> None:
    pages.write_page(tmp_path, "run", "core.figures", [], pages.merge([_row(success=False, n_unexpected=3)]))
    pages.write_page(tmp_path, "run", "core.incidents", [], pages.merge([_row()]))
    summary = json.loads((tmp_path / "runs" / "run" / "run.json").read_text(encoding="utf-8"))
    assert set(summary["suites"]) == {"core.figures", "core.incidents"}
    index = html.fromstring(pages.write_index(tmp_path).read_bytes())
    links = [tmp_path / link for link in index.xpath("//a/@href")]
    assert len(links) == 2
    assert all(link.is_file() for link in links)
    assert "bound_in_set (3, quarantine)" in index.text_content()


def test_a_damaged_summary_does_no_harm(tmp_path: Path) -> None:
    home = tmp_path / "runs" / "old"
    home.mkdir(parents=True)
    (home / "run.json").write_text("{", encoding="utf-8")
    assert "old" not in pages.write_index(tmp_path).read_text(encoding="utf-8").replace("bold", "")


def test_an_empty_folder_has_an_index(tmp_path: Path) -> None:
    assert "Nothing has been checked yet" in pages.write_index(tmp_path / "new").read_text(encoding="utf-8")
