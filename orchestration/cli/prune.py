"""`casualties prune`: old records of runs go, evidence stays.

Belongs here: the command. Keep out: what is removed (`orchestration/retention.py`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.options import DataOption, folder


def prune(
    context: typer.Context,
    days: Annotated[
        int, typer.Option("--days", min=1, max=36_500, envvar="CASUALTIES_KEEP_DAYS", help="Keep records of the last so many days.")
    ] = 90,
    data: DataOption = None,
) -> None:
    """Remove old run records of Dagster and Great Expectations; articles, figures and everything that is evidence stays.

    \b
    Examples
      casualties prune
      casualties prune --days 365
    """
    from orchestration.retention import prune as prune_records  # imports Dagster

    pruned = prune_records(folder(data, context), days)
    typer.echo(f"Removed the records of {pruned.runs} runs, {pruned.pages} folders of pages and {pruned.results} results of checks.")
