"""`casualties explain`: an article with its figures marked, the rule that made each, and what was left out and why.

Belongs here: the command and its layout on a terminal. Keep out: what is marked (`transforms/reading/explain.py`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.inert import inert
from orchestration.cli.options import DataOption, folder
from transforms.errors import InputError
from transforms.reading.document import Article, Reading

if TYPE_CHECKING:
    from transforms.reading.explain import Mark

DASH = "-"


def explain(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="An article, of any format that `run` takes; - for text on standard input.")
    ],
    gazetteer: Annotated[Path | None, typer.Option("--gazetteer", metavar="FILE", help="CSV of your own places.")] = None,
    data: DataOption = None,
) -> None:
    """Show how an article is read: figures marked in it, the rule of each, what was left out and why.

    \b
    Examples
      casualties explain examples/articles/one.txt
      echo "12 villagers were killed and 30 houses burned." | casualties explain -

    In the text, [12 #1] is figure 1 and {30 -} a number that was left out; both are listed below it. Sentences without any
    word of lexicon/outcomes.csv are not looked into.

    Exit codes: 0 done, 1 when the file holds no article, 2 wrong use.
    """
    from orchestration.gazetteer import index_file, is_ready  # the reader loads its lexicons on import
    from transforms.places.index import open_index
    from transforms.reading.reader import read

    where = folder(data, context)
    # without an index of places the figures are the same: it is not built for this
    places = open_index(index_file(where, gazetteer)) if gazetteer is not None or is_ready(where) else None
    shown = 0
    for article in _articles(source):
        if shown:
            typer.echo()
        for line in lines(article, read(article, places)):
            typer.echo(line)
        shown += 1
    if not shown:
        raise typer.Exit(1)


def lines(article: Article, reading: Reading) -> Iterator[str]:
    """Yield what is printed of an article and its `Reading`: the marked text, the figures, what was left out, the main incident."""
    from transforms.reading.explain import marks, pieces

    found = marks(reading)
    for in_title in (True, False):
        marked = "".join(
            _opened(piece.opens) + _plain(piece.text) + _closed(piece.closes) for piece in pieces(article, found, in_title=in_title)
        )
        if marked:
            yield typer.style(marked, bold=True) if in_title else marked
            yield ""
    figures = [mark for mark in found if mark.number is not None]
    dropped = [mark for mark in found if mark.number is None]
    yield f"Figures: {len(figures) or 'none'}"
    for mark in sorted(figures, key=lambda mark: mark.number or 0):
        yield from _figure(article, mark)
    if dropped:
        yield f"Left out: {len(dropped)}"
        for mark in dropped:
            yield f"  {_where(mark):>14}  {_words(article, mark)}  <- {inert(mark.says)}"
    yield f"Main incident: {_main(reading.main_incident)}"


def _figure(article: Article, mark: Mark) -> Iterator[str]:
    yield f"  {_where(mark):>14}  #{mark.number} {_words(article, mark)}  {inert(mark.says)}  (rule: {inert(mark.rule)})"
    if mark.details:
        yield " " * 18 + "; ".join(f"{name.replace('_', ' ')}: {inert(value)}" for name, value in mark.details)


def _words(article: Article, mark: Mark) -> str:
    return f"“{inert(((article.title or '') if mark.in_title else article.text)[mark.start : mark.end])}”"


def _where(mark: Mark) -> str:
    return f"{'title' if mark.in_title else 'text'} {mark.start}-{mark.end}"


def _opened(marks: tuple[Mark, ...]) -> str:
    return "".join("{" if mark.number is None else "[" for mark in marks)


def _closed(marks: tuple[Mark, ...]) -> str:
    return "".join(typer.style(" -}", dim=True) if mark.number is None else typer.style(f" #{mark.number}]", bold=True) for mark in marks)


def _plain(text: str) -> str:
    """Return article text without anything that acts on a terminal; its lines stay."""
    return "\n".join(map(inert, text.split("\n")))


def _main(incident: dict[str, Any]) -> str:
    from transforms.reading.explain import count

    said = []
    for outcome in ("killed", "injured"):
        total = incident.get(outcome)
        said.append(f"{outcome}: {'not said' if total is None else count(total['count_min'], total['count_max'], 'exact')}")
    said += [inert(incident[name]) for name in ("event_date_start", "place_name", "country") if incident.get(name)]
    return "; ".join(said)


def _articles(source: str) -> Iterator[Article]:
    if source == DASH:
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        if text.strip():
            yield Article("standard-input", text)
        else:
            typer.echo("casualties explain: there is no text on standard input", err=True)
        return
    from transforms.ingest import Rejected, collect

    if Path(source).is_dir():
        raise InputError(f"{source} is a folder; explain takes one file")
    for item in collect([Path(source)]):
        if isinstance(item, Rejected):
            typer.echo(f"casualties explain: {inert(item.origin)}: {inert(item.reason)}: {inert(item.detail)}", err=True)
            continue
        yield Article(item.article_id, item.text, item.title, item.publisher, item.url, item.published_on, item.read_spans)
