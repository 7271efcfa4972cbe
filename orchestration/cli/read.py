"""`casualties read`: the reader alone, from JSON lines to JSON lines.

Belongs here: lines in, lines out. Keep out: reading itself, and anything that needs a warehouse.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from orchestration.cli.inert import inert
from orchestration.cli.options import DataOption, folder
from transforms.errors import InputError
from transforms.reading.document import Article, Reading

DASH = "-"
TEXTS = ("article_id", "text", "title", "publisher", "url", "published_on")


@dataclass(slots=True)
class Lines:
    """Lines that were taken and lines that had to be left out."""

    n_read: int = 0
    skipped: list[str] = field(default_factory=list)


def read(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="IN.jsonl", help="Articles, one JSON object a line; - for standard input.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT.jsonl", help="Where the figures go; - for standard output.")] = DASH,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Reading processes.")] = 1,
    gazetteer: Annotated[Path | None, typer.Option("--gazetteer", metavar="FILE", help="CSV of your own places.")] = None,
    count_suicide_attackers: Annotated[
        bool, typer.Option("--count-suicide-attackers", help="Count suicide attackers as killed where the text does not state their death.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when any line was left out.")] = False,
    data: DataOption = None,
) -> None:
    """Read articles and write the figures of each: the reader alone, no warehouse.

    \b
    Examples
      casualties read articles.jsonl -o figures.jsonl
      cat articles.jsonl | casualties read - --workers 2 > figures.jsonl

    A line in: {"article_id", "text", "title", "publisher", "url", "published_on"}; all but the text may be missing (an
    article without an id is called line-N). A line out, in the same order: {"article_id", "figures": […],
    "main_incident": {…}}. A line that cannot be read is named on standard error with its number and reason, and left out.

    Exit codes: 0 when any line could be read (or the input was empty), 1 when none could, or with --strict any could not.
    """
    from orchestration.gazetteer import index_file, is_ready  # the reader loads its lexicons on import
    from transforms.reading.bulk import read_many
    from transforms.reading.options import ReadingOptions

    where = folder(data, context)
    if not is_ready(where):
        typer.echo("casualties read: building the index of places, once (about half a minute)", err=True)
    places_file = index_file(where, gazetteer)

    lines, options = Lines(), ReadingOptions(count_suicide_attackers=count_suicide_attackers)
    with ExitStack() as stack:
        incoming = _open_input(source, stack)
        outgoing = _open_output(output, stack)
        for reading in read_many(_articles(incoming, lines), places_file=places_file, workers=workers, options=options):
            outgoing.write(line_of(reading) + "\n")
            if reading.error:
                lines.skipped.append(f"article {reading.article_id}: {reading.error}")
                said = f"article {reading.article_id} not read, the reader failed ({reading.error}); please report it"
                typer.echo(f"casualties read: {inert(said)}", err=True)
    if lines.skipped and (strict or not lines.n_read):
        raise typer.Exit(1)


def line_of(reading: Reading) -> str:
    """Return the reading as one line of JSON; days are ISO texts. It has `error` where the reader failed."""
    value = {"article_id": reading.article_id, "figures": list(reading.figures), "main_incident": reading.main_incident}
    if reading.error:
        value["error"] = reading.error
    return json.dumps(value, ensure_ascii=False, default=_day)


def article_of(line: str, number: int) -> Article:
    """Return the article of a line. Raises ValueError, in words for people, when it is none."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON: {error}") from None
    if not isinstance(record, dict):
        raise ValueError("no JSON object")
    wrong = [name for name in TEXTS if record.get(name) is not None and not isinstance(record[name], str | int)]
    if wrong:
        raise ValueError(f"`{wrong[0]}` is no text")
    values = {name: None if record.get(name) is None else str(record[name]) for name in TEXTS}
    if not (values["text"] or "").strip():
        raise ValueError("`text` is missing or empty")
    return Article(
        article_id=values["article_id"] or f"line-{number}",
        text=values["text"] or "",
        title=values["title"],
        publisher=values["publisher"],
        url=values["url"],
        published_on=_published_on(values["published_on"]),
    )


def _published_on(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(f"`published_on` is no ISO day: {text[:40]!r}") from None


def _articles(incoming: Iterable[bytes], lines: Lines) -> Iterator[Article]:
    for number, raw in enumerate(incoming, 1):
        if not raw.strip():
            continue
        try:
            article = article_of(raw.decode("utf-8-sig" if number == 1 else "utf-8"), number)
        except ValueError as error:  # UnicodeDecodeError is one too
            lines.skipped.append(f"line {number}: {error}")
            typer.echo(f"casualties read: line {number} left out: {inert(error)}", err=True)
            continue
        lines.n_read += 1
        yield article


def _open_input(source: str, stack: ExitStack) -> Iterable[bytes]:
    if source == DASH:
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(source).open("rb"))
    except OSError as error:
        raise InputError(f"{source} cannot be read: {error.strerror}") from error


def _open_output(output: str, stack: ExitStack) -> TextIO:
    if output == DASH:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        return sys.stdout
    try:
        return stack.enter_context(Path(output).open("w", encoding="utf-8", errors="backslashreplace"))
    except OSError as error:
        raise InputError(f"{output} cannot be written: {error.strerror}") from error


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
