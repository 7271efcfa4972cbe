"""`casualties sources merge`, `unmerge` and `list`: people's decisions that two sources are one.

Belongs here: the commands. Keep out: what a merge is (`warehouse/source_merges.py`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.deciding import signed
from orchestration.cli.inert import inert
from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows
from transforms.errors import InputError

INTO = "into"
COLUMNS = ("from_name", "into_name", "merged_at", "merged_by", "why")
UNDONE = ("undone_at", "undone_by", "undone_why")
NEXT = "The next `casualties run` (also one that takes in nothing new) brings it into the comparison."
WhyOption = Annotated[str, typer.Option("--why", help="The reason; it is kept with the decision.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who decided.  [default: your user name]")]


def merge(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="SOURCE… into TARGET", help="Names, printed spellings or ids; quote each.")],
    why: WhyOption,
    by: ByOption = None,
    data: DataOption = None,
) -> None:
    """Let one source (or several) count as another: its figures, spellings and own prints, in every later rebuild.

    \b
    Examples
      casualties sources merge "Hilltop Observers" into "Hilltop Monitor" --why "its old name"
      casualties sources merge "Dr Hassan Amr" "Hassan Amr" into "Health authority of As Suwayda" --why "its head"

    Nothing is erased: `casualties sources unmerge` takes it back. What an article prints stays as printed.
    """
    from warehouse.connection import open_working
    from warehouse.source_merges import merge as merge_sources

    sources, target = _read(words)
    with open_working(folder(data, context), "sources merge") as con:
        for source in sources:
            done = merge_sources(con, source, target, why, *signed(by))
            over = "" if done.counts_as == done.into_name else f", which itself counts as {done.counts_as}"
            typer.echo(inert(f"{done.name} counts as {done.into_name}{over}."))
    typer.echo(NEXT)


def unmerge(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="As `sources list` prints it, or its id.")],
    why: WhyOption,
    by: ByOption = None,
    data: DataOption = None,
) -> None:
    """Take a merge back: the source counts as itself again.

    \b
    Example
      casualties sources unmerge "Hilltop Observers" --why "two organisations after all"
    """
    from warehouse.connection import open_working
    from warehouse.source_merges import unmerge as unmerge_source

    with open_working(folder(data, context), "sources unmerge") as con:
        done = unmerge_source(con, source, why, *signed(by))
    typer.echo(inert(f"{done.name} counts as itself again, and no longer as {done.into_name}."))
    typer.echo(NEXT)


def list_(
    context: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also the merges that were taken back.")] = False,
    form: FormatOption = Format.table,
    data: DataOption = None,
) -> None:
    """List people's merges of sources: which counts as which, since when, by whom and why.

    \b
    Examples
      casualties sources list
      casualties sources list --all --format csv > merges.csv
    """
    from warehouse.connection import open_working
    from warehouse.source_merges import list_merges

    with open_working(folder(data, context), "sources list") as con:
        rows = list_merges(con, everything=everything)
    if not rows and form is Format.table:
        typer.echo("No sources are merged: each counts as itself, by the rules of the lexicon.")
        return
    columns = COLUMNS + (UNDONE if everything else ())
    show_rows(columns, [[row[name] for name in columns] for row in rows], form)


def _read(words: list[str]) -> tuple[list[str], str]:
    """Return the sources and the target of `A… into B`. Raises InputError for anything else: the direction must be said."""
    at = next((position for position, word in enumerate(words) if word.casefold() == INTO), None)
    if at is None or at == 0 or at != len(words) - 2:
        raise InputError('say which counts as which: casualties sources merge "Hilltop Observers" into "Hilltop Monitor" --why "…"')
    return words[:at], words[at + 1]
