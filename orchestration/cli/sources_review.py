"""`casualties sources review`: attributed sources that nobody has looked at yet.

Belongs here: printing them. Keep out: finding them (`warehouse/source_review.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows
from warehouse.marks import PARAPHRASE

if TYPE_CHECKING:
    from warehouse.source_review import Unknown

COLUMNS = ("source", "kind", "figures", "quotes", "articles", "publishers", "nearly the same as", "for example")


def review(
    context: typer.Context,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most sources listed.")] = 30,
    alike: Annotated[bool, typer.Option("--alike", help="Only those whose name is nearly that of another source.")] = False,
    form: FormatOption = Format.table,
    data: DataOption = None,
) -> None:
    """List the attributed sources that the lexicon does not name, those with the most figures first.

    \b
    As of the last run, from the published copy (names are masked there unless that is switched off).
    Beside each: the sources whose names are nearly the same (likeness, 100 = the same), for a person to merge, and a sentence.

    \b
    Examples
      casualties sources review
      casualties sources review --alike
      casualties sources review --limit 500 --format csv > unknown-sources.csv
    """
    from warehouse.connection import open_published
    from warehouse.source_review import review as find

    with open_published(folder(data, context)) as con:
        found = find(con, only_alike=alike)
    if not found and form is Format.table:
        typer.echo(
            "Nothing to look at: " + ("no unknown source is called nearly as another." if alike else "every attributed source is known.")
        )
        return
    show_rows(COLUMNS, [row(unknown) for unknown in found[:limit]], form)
    if form is Format.table:
        left = f"{len(found) - limit} more: --limit {len(found)} lists them. " if len(found) > limit else ""
        typer.echo(f'{left}Two of them are one source: casualties sources merge "A" into "B" --why "…"')


def row(unknown: Unknown) -> list[Any]:
    """Return the values of one source in the order of COLUMNS."""
    resembles = "; ".join(f"{other.name} ({other.likeness:g})" for other in unknown.alike) or None
    example = f"{unknown.sentence} [{PARAPHRASE}]" if unknown.is_paraphrase else unknown.sentence
    counts = (unknown.n_figures, unknown.n_quotes, unknown.n_articles, unknown.n_publishers)
    return [unknown.name, unknown.kind, *counts, resembles, example]
