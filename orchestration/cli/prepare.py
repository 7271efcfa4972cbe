"""`casualties prepare`: what the first run would otherwise wait for.

Belongs here: the command. Keep out: how the index is built (`transforms/places`).
"""

from __future__ import annotations

import typer

from orchestration.cli.options import DataOption, folder


def prepare(context: typer.Context, data: DataOption = None) -> None:
    """Build the index of place names (once, about half a minute); a run or `read` does it when it is missing.

    \b
    Example
      casualties prepare
    """
    from orchestration.gazetteer import index_file  # loads the gazetteer's sources

    typer.echo(f"Places are ready: {index_file(folder(data, context)).name}")
