"""`casualties gazetteer`: the user's own files of places.

Belongs here: the commands. Keep out: keeping the files (`orchestration/own_places.py`).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.inert import inert
from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows
from transforms.errors import InputError

app = typer.Typer(help="Your own files of places: GeoNames dumps and CSVs.", no_args_is_help=True, rich_markup_mode=None)
COLUMNS = ("name", "n_places", "n_rows", "size", "sha256", "added_at")
AGAIN = "Articles are read with it from the next `casualties run` on; those that were read before are read again."


@app.command("add")
def add(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="GeoNames dumps (SY.zip, SY.txt) and CSVs with a header.")],
    data: DataOption = None,
) -> None:
    """Check files of places and keep them for every later run, beside those that are kept; one of the same name is replaced.

    \b
    Examples
      casualties gazetteer add SY.zip
      casualties gazetteer add SY.zip YE.zip my-places.csv

    \b
    A CSV has the columns name,lat,lon,country and, where wanted,
    id,admin1,precision,population,alternate_names (separated by |),wins.
    The index of places is made anew at once: some seconds, and a minute for each million rows.
    """
    from orchestration import own_places
    from orchestration.gazetteer import index_file  # loads the lexicons

    missing = [path for path in files if not path.is_file()]
    if missing:
        raise InputError(f"the gazetteer file {missing[0]} does not exist")
    where = folder(data, context)
    for kept in own_places.add(files, where, datetime.now(UTC)):
        typer.echo(inert(f"{kept.name}: {kept.n_places:,} places in {kept.n_rows:,} rows are kept."))
    index_file(where)
    typer.echo(AGAIN)


@app.command("list")
def list_(context: typer.Context, form: FormatOption = Format.table, data: DataOption = None) -> None:
    """List the kept files, in the order in which they count: of two places with one id the later file's is taken.

    \b
    Example
      casualties gazetteer list
    """
    from orchestration.own_places import own_files

    files = own_files(folder(data, context))
    if not files and form is Format.table:
        typer.echo("No files of your own are kept: `casualties gazetteer add SY.zip` adds one.")
        return
    show_rows(COLUMNS, [[getattr(each, name) for name in COLUMNS] for each in files], form)


@app.command("remove")
def remove(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="As `gazetteer list` prints them.")],
    data: DataOption = None,
) -> None:
    """Keep files no longer. What was read with them is read again at the next run.

    \b
    Example
      casualties gazetteer remove SY.zip
    """
    from orchestration.own_places import remove as remove_file

    for name in names:
        typer.echo(inert(f"{remove_file(name, folder(data, context)).name} is kept no longer."))
    typer.echo("Articles are read without it from the next `casualties run` on; those that were read before are read again.")
