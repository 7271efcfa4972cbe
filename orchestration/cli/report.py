"""`casualties report`: the comparison as pages for people.

Belongs here: the command. Keep out: the pages (`warehouse/report`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.bars import bars
from orchestration.cli.options import DataOption, day, folder


def report(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where the pages go. [default: <data>/reports]")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Part of a place name, or a country.")] = None,
    from_day: Annotated[str | None, typer.Option("--from", metavar="DAY", help="Incidents on or after this day.")] = None,
    to_day: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Incidents on or before this day.")] = None,
    data: DataOption = None,
) -> None:
    """Write one self-contained HTML page for each incident, and an index: no scripts, nothing loaded from elsewhere.

    \b
    Examples
      casualties report
      casualties report --place Suwayda --out suwayda
    """
    from warehouse import comparison  # DuckDB
    from warehouse.connection import open_published
    from warehouse.report import write_report

    where = folder(data, context)
    filters = comparison.Filters(place, day(from_day, "--from"), day(to_day, "--to"))
    with open_published(where) as con, bars() as progress:
        index, n_pages = write_report(con, out or where.reports, filters, lambda done, total: progress("Writing", done, total))
    typer.echo(f"{n_pages} incident page{'' if n_pages == 1 else 's'}: {index}")
