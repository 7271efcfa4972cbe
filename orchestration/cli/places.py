"""`casualties places review`: printed places that the gazetteer does not know.

Belongs here: printing them. Keep out: finding them (`warehouse/place_review.py`), and adding places (`gazetteer.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows
from transforms.errors import InputError
from warehouse.marks import PARAPHRASE

if TYPE_CHECKING:
    from warehouse.place_review import Unresolved

app = typer.Typer(help="Places of figures: which names the gazetteer lacks.", no_args_is_help=True, rich_markup_mode=None)
COLUMNS = ("name", "country", "figures", "articles", "placed in", "as printed", "for example")
_SPELLINGS = 3


@app.callback()
def places() -> None:
    """Keep `review` a sub-command, though it is the only one."""


@app.command("review")
def review(
    context: typer.Context,
    country: Annotated[str | None, typer.Option("--country", metavar="CODE", help="Only of one country (two letters: SY).")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most names listed.")] = 30,
    form: FormatOption = Format.table,
    data: DataOption = None,
) -> None:
    """List the names of places that the gazetteer does not know, those with the most figures first.

    \b
    As of the last run, from the published copy. "placed in" is the town or area around it that the figures
    got instead. A country's villages come with its GeoNames dump: casualties gazetteer add SY.zip

    \b
    Examples
      casualties places review
      casualties places review --country YE --format csv > unknown-places.csv
    """
    from orchestration.gazetteer import index_file
    from transforms.places.index import open_index
    from warehouse.connection import open_published
    from warehouse.place_review import review as find

    if country is not None and not (len(country) == 2 and country.isalpha()):
        raise InputError(f"--country {country!r} is no country code; write its two letters of ISO 3166-1, such as SY")
    where = folder(data, context)
    gazetteer = open_index(index_file(where))
    try:
        with open_published(where) as con:
            found = [each for each in find(con, gazetteer) if country is None or each.country == country.upper()]
    finally:
        gazetteer.close()
    if not found and form is Format.table:
        typer.echo(
            "Nothing to look at: the gazetteer knows every place that figures name" + (f" in {country.upper()}." if country else ".")
        )
        return
    show_rows(COLUMNS, [row(each) for each in found[:limit]], form)
    if form is Format.table and len(found) > limit:
        typer.echo(f"{len(found) - limit} more: --limit {len(found)} lists them.")


def row(each: Unresolved) -> list[Any]:
    """Return the values of one name in the order of COLUMNS."""
    example = f"{each.sentence} [{PARAPHRASE}]" if each.is_paraphrase else each.sentence
    spelled = "; ".join(each.spelled[:_SPELLINGS])
    return [each.name, each.country, each.n_figures, each.n_articles, "; ".join(each.got) or None, spelled, example]
