"""`casualties sources check`: whether a `sources.toml` is right, before a schedule relies on it.

Belongs here: the command. Keep out: the file's form (`orchestration/fetching/settings.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.inert import inert


def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="As examples/sources.toml.")] = Path("sources.toml"),
) -> None:
    """Check a sources.toml: every key, path, address and schedule. Nothing is fetched.

    \b
    Examples
      casualties sources check
      casualties sources check examples/sources.toml

    Exit codes: 0 all is right, 2 it is not: each problem is told with its line and what to do.
    """
    from orchestration.fetching.settings import read
    from orchestration.triggers import of_sources  # Dagster knows best what a schedule is

    sources = read(file)
    of_sources(sources)
    for folder in sources.folders:
        typer.echo(f"{folder.kind:8} {folder.name}: {inert(folder.path)}")
    for one in sources.web:
        typer.echo(f"{one.kind:8} {one.name}: {inert(one.where)}, at {one.schedule}, up to {one.max_pages} pages a run")
    typer.echo(f"{inert(file)} is right: {len(sources.folders) + len(sources.web)} sources.")
