"""Data Docs: what they tell, that hostile text has no effect in them, and that they need nothing from elsewhere."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from expectations import frames, suites
from expectations.table_checks import check_table
from expectations.validate import validate
from tests.expectations import planting

pytestmark = pytest.mark.integration
NOW = datetime(2026, 3, 4, 12)
HOSTILE = "<script>alert('x')</script> **bold** [link](javascript:alert(1)) <img src=//evil.example/x onerror=alert(2)> ${column} {{ 7*7 }}"


def _write(results: list[dict[str, Any]], folder: Path) -> dict[str, Path]:
    from expectations import data_docs  # imports Great Expectations, which collecting the unit tests must not pay for

    return data_docs.write(results, folder)


def _results(rows: list[dict[str, Any]], run_id: str = "run") -> list[dict[str, Any]]:
    return validate("core.figures", planting.frame(rows), chunk=0, run_id=run_id, now=NOW).results


def _hostile_rows() -> list[dict[str, Any]]:
    rows = planting.base_rows(30)
    text_columns = ("text", "title", "sentence", "quantity_text", "victim_text", "source_text", "outcome", "bound", "stance")
    rows[0] |= dict.fromkeys(text_columns, HOSTILE)
    return rows


def _assert_inert(page: bytes) -> html.HtmlElement:
    """No script, no handler, nothing loaded but the local style sheet, and a policy that forbids the rest."""
    tree = html.document_fromstring(page)
    assert not tree.xpath("//script | //iframe | //img | //object | //embed | //form | //style | //base | //svg")
    assert not [name for element in tree.iter() if isinstance(element.tag, str) for name in element.attrib if name.startswith("on")]
    assert not re.search(rb"https?:|javascript:|//[a-z]", re.sub(rb"<!DOCTYPE html>", b"", page))
    (style,) = tree.xpath("//link/@href")
    assert style.endswith("style.css")
    assert tree.xpath("//meta[@http-equiv='Content-Security-Policy']")
    return tree


def test_hostile_text_has_no_way_into_the_pages(tmp_path: Path) -> None:
    results = _results(_hostile_rows())
    assert any(not row["success"] for row in results)
    pages = _write(results, tmp_path)
    for path in tmp_path.rglob("*.html"):
        _assert_inert(path.read_bytes())
        assert b"alert(" not in path.read_bytes()
        assert b"bold" not in path.read_bytes()
    assert set(pages) == {"core.figures"}


def test_hostile_names_in_stored_results_are_only_text(tmp_path: Path) -> None:
    """Should the stored results be tampered with, the pages still do nothing."""
    stored = [row | {"run_id": HOSTILE} for row in _results(planting.base_rows(1))]
    stored.append(stored[0] | {"expectation": HOSTILE, "success": False})
    pages = _write(stored, tmp_path)
    assert pages["core.figures"].is_relative_to(tmp_path)
    for path in tmp_path.rglob("*.html"):
        tree = html.document_fromstring(path.read_bytes())
        assert not tree.xpath("//script | //img | //a[starts-with(@href, 'javascript')]")
        assert "alert('x')" in tree.text_content()


def test_the_page_tells_what_was_checked_and_what_was_found(tmp_path: Path) -> None:
    rows = planting.base_rows(10)
    rows[3]["outcome"] = "eaten"
    page = _write(_results(rows), tmp_path)["core.figures"]
    text = " ".join(_assert_inert(page.read_bytes()).text_content().split())
    assert "outcome_in_set (quarantine): 1 of 10 rows" in text
    assert "1 unexpected values found. 10% of 10 total rows." in text
    assert "values must never be null." in text
    for check in suites.suite("core.figures", "chunk"):
        if check.rule is not None:
            assert check.why in text, f"{check.name} does not say why"


def test_chunks_of_a_run_are_added_up(tmp_path: Path) -> None:
    both = [
        row
        for chunk in (0, 1)
        for row in validate("core.figures", planting.frame(planting.base_rows(5)), chunk=chunk, run_id="run", now=NOW).results
    ]
    both = [row | ({"success": False, "n_unexpected": 2} if row["expectation"] == "bound_in_set" else {}) for row in both]
    page = _write(both, tmp_path)["core.figures"]
    assert "bound_in_set (quarantine): 4 of 10 rows" in html.fromstring(page.read_bytes()).text_content()


def test_every_suite_has_a_page_that_the_index_leads_to(tmp_path: Path) -> None:
    results = [row for name in suites.names() for row in check_table(name, frames.of_rows(name, []), "run", NOW)]
    _write(results[:3], tmp_path)  # templates are compiled once
    start = time.process_time()
    pages = _write(results, tmp_path)
    assert time.process_time() - start < 6
    assert set(pages) == set(suites.names())
    index = html.fromstring((tmp_path / "index.html").read_bytes())
    assert {(tmp_path / link).resolve() for link in index.xpath("//a/@href")} == {page.resolve() for page in pages.values()}
    for page in pages.values():
        tree = _assert_inert(page.read_bytes())
        assert (page.parent / tree.xpath("//link/@href")[0]).is_file()
        assert (page.parent / tree.xpath("//a/@href")[0]).resolve() == (tmp_path / "index.html").resolve()


def test_no_results_make_an_empty_index(tmp_path: Path) -> None:
    assert _write([], tmp_path / "new") == {}
    assert (tmp_path / "new" / "index.html").is_file()
