"""Writing the pages: an index and one page for each incident.

Article text is hostile: templates escape everything, links are made of http(s) addresses only, and each page carries a
content security policy under which no script runs and nothing is loaded, also if something slipped through.

Belongs here: rendering and files. Keep out: numbers and words.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import jinja2
from markupsafe import Markup

from transforms.errors import InputError
from warehouse import comparison, wording
from warehouse.comparison import Cell, Comparison, Filters, Incident
from warehouse.report.chart import Bar, bars

TEMPLATES = Path(__file__).parent / "templates"
INDEX = "index.html"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """One article of an incident with its sentences and their figures, as the page lists them."""

    publisher: str
    original_publisher: str | None
    published_on: str
    title: str
    link: str | None
    is_paraphrase: bool
    sentences: list[tuple[str, bool, tuple[dict[str, Any], ...]]]


def write_report(con: duckdb.DuckDBPyConnection, out: Path, filters: Filters, progress: Progress) -> tuple[Path, int]:
    """Write the index and one page for each incident that matches; return the index's path and the number of incident pages.

    Pages in `out` of incidents that no longer match are removed. progress: called with pages done and pages in all.
    Raises InputError when `out` cannot be written to.
    """
    found = comparison.compare(con, filters)
    environment = _environment()
    made_at = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    written = {out / INDEX}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for done, incident in enumerate(found.incidents, 1):
            page = out / page_name(incident)
            _write(page, _incident_page(environment, con, incident, made_at))
            written.add(page)
            progress(done, len(found.incidents))
        _write(out / INDEX, environment.get_template("index.html.j2").render(found=found, made_at=made_at, paraphrased=_paraphrased(found)))
        for old in set(out.glob("incident-*.html")) - written:
            old.unlink()
    except OSError as error:
        raise InputError(f"the report cannot be written to {out}: {error.strerror}") from error
    return out / INDEX, len(found.incidents)


def page_name(incident: Incident) -> str:
    """Return the file name of an incident's page."""
    return f"incident-{incident.incident_id}.html"


def safe_link(url: str | None) -> str | None:
    """Return the address when it leads to a web page (http or https, with a host); None for anything else."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _incident_page(environment: jinja2.Environment, con: duckdb.DuckDBPyConnection, incident: Incident, made_at: str) -> str:
    figures = comparison.figures_of(con, incident.incident_id)
    return environment.get_template("incident.html.j2").render(
        incident=incident,
        cells=[(cell, _bars(cell)) for cell in incident.cells],
        sources=_sources(figures),
        spellings=comparison.spellings(figures),
        made_at=made_at,
        paraphrased=any(figure["is_paraphrase"] for figure in figures),
    )


def _bars(cell: Cell) -> list[Bar]:
    return bars([(origin.count_min, origin.count_max) for origin in cell.origins])


def _sources(figures: list[dict[str, Any]]) -> list[Source]:
    found = []
    for _, group in groupby(figures, key=lambda figure: figure["article_id"]):
        listed = tuple(group)
        first = listed[0]
        found.append(
            Source(
                publisher=first["publisher"] or "publisher not known",
                original_publisher=first["original_publisher"],
                published_on=wording.days(first["published_on"], first["published_on"]),
                title=first["title"] or "",
                link=safe_link(first["url"]),
                is_paraphrase=first["is_paraphrase"],
                sentences=comparison.by_sentence(listed),
            )
        )
    return found


def _paraphrased(found: Comparison) -> bool:
    return any(origin.is_paraphrase for incident in found.incidents for cell in incident.cells for origin in cell.origins)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals.update(
        style=Markup(style),  # ours, and the only text on the pages that is not escaped
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        wording=wording,
        page_name=page_name,
        safe_link=safe_link,
    )
    return environment


def _write(path: Path, page: str) -> None:
    """Write a page beside its place and move it there, so that nobody reads half a page."""
    making = path.with_name(f".{path.name}.tmp")
    making.write_text(page, encoding="utf-8", errors="backslashreplace")
    making.replace(path)
