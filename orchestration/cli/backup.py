"""`casualties backup` and `casualties restore`.

Belongs here: the two commands. Keep out: how a backup is made and checked (`warehouse/backup.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import DataOption, folder


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file; it must not be there yet.")],
    wait: Annotated[float, typer.Option("--wait", min=0, help="Most seconds to wait for a run that is going.")] = 600.0,
    data: DataOption = None,
) -> None:
    """Back the warehouse up into one file, also while a run is going: the state after the last whole chunk.

    \b
    Example
      casualties backup /backups/casualties-2026-03-01.duckdb

    The file holds everything, names included, so only you can read it; its SHA-256 stands beside it. Not in it: the index of
    places, the records of Dagster and Great Expectations, your own gazetteer file.
    """
    from warehouse.backup import take  # imports DuckDB

    made = take(folder(data, context), file.expanduser(), wait)
    typer.echo(f"Backed up to {made.path} ({made.size / 1e6:.1f} MB, SHA-256 {made.sha256}).")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `casualties backup` made.")],
    data: DataOption = None,
) -> None:
    """Put a backup in the warehouse's place, and publish it. What was there before is kept beside it.

    \b
    Example
      casualties restore /backups/casualties-2026-03-01.duckdb

    The backup is looked through first; one that is damaged is refused, and nothing is changed.
    """
    from warehouse.backup import restore as put_back  # imports DuckDB

    kept, broken = put_back(folder(data, context), file.expanduser())
    typer.echo(f"Restored {file}.")
    if kept is not None:
        typer.echo(f"What was there before is kept as {kept}.")
    for finding in broken:
        typer.echo(f"It breaks an invariant, as it did when it was backed up: {finding.name}. See `casualties verify`.")
