"""Data Docs: what was checked and what came of it, one page per suite and run, made inert.

The pages are rendered by Great Expectations from the rows of ops.validation_results, which hold names and counts and no
value of any row: no article text can get in. What Great Expectations puts around them (scripts, fonts and styles from
other hosts) is left out: its sections are set into a page of ours that loads one local style sheet and forbids the rest by a
content security policy. The pages work offline.

Belongs here: rendering and the making inert. Keep out: the files and the index (`pages.py`), evaluation (`engine.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer
from great_expectations.render.view.view import DefaultJinjaPageView
from lxml import html

from expectations import pages, suites
from expectations.check import Check
from expectations.great import described

# All that is kept of a rendered page: tags without effect, and attributes that name or style.
_TAGS = frozenset(
    {
        "a",
        "b",
        "br",
        "code",
        "div",
        "em",
        "h5",
        "h6",
        "i",
        "li",
        "p",
        "pre",
        "span",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_ATTRIBUTES = frozenset({"id", "class", "hidden", "colspan", "rowspan"})


def write(results: Iterable[Mapping[str, Any]], folder: Path) -> dict[str, Path]:
    """Write the pages of these results, and the index of all runs; return the page of each suite.

    results: rows of ops.validation_results, of one run or several; chunks of one suite are added up. folder: made when it is not
    there. Writing a suite of a run again replaces its page. Raises OSError when the folder cannot be written.
    """
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in results:
        grouped.setdefault((str(row["run_id"]), str(row["suite"])), []).append(row)
    found = {}
    for (run_id, suite), rows in grouped.items():
        merged = pages.merge(rows)
        found[suite] = pages.write_page(folder, run_id, suite, _sections(suite, run_id, merged), merged)
    pages.write_index(folder)
    return found


def _sections(suite: str, run_id: str, merged: Iterable[pages.Line]) -> list[html.HtmlElement]:
    """Return the sections of Great Expectations' page for one suite, cleaned; the first repeats what our own summary says."""
    checks = suites.every_check(suite)
    results = [_result(checks[line.expectation], line) for line in merged if line.expectation in checks]
    held = sum(bool(result.success) for result in results)
    validation = ExpectationSuiteValidationResult(
        success=held == len(results),
        results=results,
        suite_name=suite,
        statistics={
            "evaluated_expectations": len(results),
            "successful_expectations": held,
            "unsuccessful_expectations": len(results) - held,
            "success_percent": 100 * held / len(results) if results else None,
        },
        meta={"run_id": {"run_name": run_id, "run_time": pages.newest(merged)}},
    )
    document = ValidationResultsPageRenderer(run_info_at_end=True).render(validation)
    page = html.document_fromstring(_view().render(document))
    return [_cleaned(section) for section in page.xpath("//div[contains(concat(' ', @class, ' '), ' ge-section ')]")[1:]]


def _result(check: Check, line: pages.Line) -> ExpectationValidationResult:
    """Return Great Expectations' result of a check, as far as the stored row tells it: counts, no values."""
    result: dict[str, Any] = {"element_count": line.n_rows, "unexpected_count": line.n_unexpected, "partial_unexpected_list": []}
    if line.n_rows:
        result["unexpected_percent"] = 100 * line.n_unexpected / line.n_rows
    if check.type == "expect_table_row_count_to_be_between":
        result = {"observed_value": line.n_rows}
    elif check.type.startswith("expect_table_"):
        result = {}
    return ExpectationValidationResult(success=line.success, expectation_config=described(check).configuration, result=result)


@lru_cache(maxsize=1)
def _view() -> Any:
    """One view for all pages: it compiles its templates once."""
    return DefaultJinjaPageView()


def _cleaned(section: html.HtmlElement) -> html.HtmlElement:
    """Return the section with only harmless tags and attributes; links go, as the pages they lead to are not written."""
    for element in list(section.iter()):
        if not isinstance(element.tag, str) or element.tag not in _TAGS:  # the former: comments
            element.drop_tree()
        else:
            for name in list(element.attrib):
                if name not in _ATTRIBUTES:
                    del element.attrib[name]
    return section
