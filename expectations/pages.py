"""The files of the Data Docs: one folder per run with a page per suite, an index of runs, one style sheet.

Text goes into pages as text nodes of an element tree, which escapes it; nothing is put together from strings.

Belongs here: pages, paths and the index. Keep out: how a suite's results are rendered (`data_docs.py`).
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import builder as E

from transforms.identity import hash63

KEPT_RUNS = 100  # older pages go; their results stay in ops.validation_results
_STYLE = "style.css"
_SUMMARY = "run.json"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}(?:\.[A-Za-z0-9_-]{1,80})*")
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Line:
    """What came of one expectation over all chunks of a run."""

    expectation: str
    severity: str
    success: bool
    n_rows: int
    n_unexpected: int
    checked_at: datetime


def merge(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Return one line per expectation: held when it held in all chunks, rows added up; failed ones first."""
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(str(row["expectation"]), []).append(row)
    lines = [
        Line(
            name,
            "suite" if any(row["severity"] == "suite" for row in found) else str(found[0]["severity"]),
            all(row["success"] for row in found),
            sum(row["n_rows"] for row in found),
            sum(row["n_unexpected"] for row in found),
            max(row["checked_at"] for row in found),
        )
        for name, found in grouped.items()
    ]
    return sorted(lines, key=lambda line: line.success)


def newest(lines: Iterable[Line]) -> str:
    """Return the latest time of the lines as ISO text, UTC."""
    return max((line.checked_at.isoformat() for line in lines), default="")


def write_page(folder: Path, run_id: str, suite: str, sections: Sequence[html.HtmlElement], lines: Sequence[Line]) -> Path:
    """Write the page of one suite of one run and note it in the run's summary; return the page's path."""
    home = folder / "runs" / file_name(run_id)
    home.mkdir(parents=True, exist_ok=True)
    path = home / f"{file_name(suite)}.html"
    up = E.A("All runs", href="../../index.html")
    _write(path, f"{suite}: what was checked", [E.P(up), *_summary(lines), *sections], style=f"../../{_STYLE}")
    summary = _read_summary(home) or {"run_id": run_id, "suites": {}}
    summary["checked_at"] = max(summary.get("checked_at", ""), newest(lines))
    failed = [line for line in lines if not line.success]
    summary["suites"][suite] = {
        "page": path.name,
        "n_checks": len(lines),
        "failed": [{"name": line.expectation, "severity": line.severity, "n_unexpected": line.n_unexpected} for line in failed],
    }
    (home / _SUMMARY).write_text(json.dumps(summary, ensure_ascii=True, indent=1), encoding="utf-8")
    return path


def write_index(folder: Path) -> Path:
    """Write the index of all runs and the style sheet; pages of runs beyond the newest KEPT_RUNS are removed."""
    homes = [home.parent for home in folder.glob(f"runs/*/{_SUMMARY}")]
    runs = sorted(((_read_summary(home) or {}, home) for home in homes), key=lambda run: run[0].get("checked_at", ""), reverse=True)
    for _, home in runs[KEPT_RUNS:]:
        shutil.rmtree(home)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _STYLE).write_bytes((Path(__file__).parent / "data_docs.css").read_bytes())
    shown = [element for summary, home in runs[:KEPT_RUNS] for element in _run(summary, home.name)]
    path = folder / "index.html"
    _write(path, "What was checked, run by run", shown or [E.P("Nothing has been checked yet.")], style=_STYLE)
    return path


def file_name(name: str) -> str:
    """Return a name that is safe as one part of a path: the name itself where it is plain, else a hash of it."""
    return name if _SAFE.fullmatch(name) else f"{hash63('page', name):016x}"


def _read_summary(home: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((home / _SUMMARY).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return found if isinstance(found, dict) else None


def _summary(lines: Sequence[Line]) -> list[html.HtmlElement]:
    failed = [line for line in lines if not line.success]
    if not failed:
        return [E.P(E.CLASS("good"), f"All {len(lines)} checks held.")]
    items = [E.LI(E.CODE(line.expectation), f" ({line.severity}): {line.n_unexpected} of {line.n_rows} rows") for line in failed]
    return [E.P(f"{len(failed)} of {len(lines)} checks found something:"), E.UL(*items)]


def _run(summary: Mapping[str, Any], folder_name: str) -> list[html.HtmlElement]:
    rows = [E.TR(E.TH("Suite"), E.TH("Checks"), E.TH("Found"))]
    for suite, found in sorted(summary.get("suites", {}).items()):
        told = ", ".join(f"{item['name']} ({item['n_unexpected']}, {item['severity']})" for item in found["failed"])
        grave = any(item["severity"] == "suite" for item in found["failed"])
        link = E.A(suite, href=f"runs/{folder_name}/{file_name(suite)}.html")
        cell = E.TD(E.CLASS("bad" if grave else "mild" if told else "good"), told or "all held")
        rows.append(E.TR(E.TD(link), E.TD(str(found["n_checks"])), cell))
    when = summary.get("checked_at", "")[:16].replace("T", " ")
    return [E.H5(f"{when} UTC, run {summary.get('run_id', '')}"), E.TABLE(*rows)]


def _write(path: Path, title: str, content: Sequence[html.HtmlElement], *, style: str) -> None:
    head = E.HEAD(
        E.META(charset="utf-8"),
        E.META(**{"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        E.TITLE(title),
        E.LINK(rel="stylesheet", href=style),
    )
    page = E.HTML(head, E.BODY(E.H1(title), *content), lang="en")
    path.write_bytes(html.tostring(page, encoding="utf-8", doctype="<!DOCTYPE html>"))
