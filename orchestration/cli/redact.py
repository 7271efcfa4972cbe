"""`casualties redact`: take an article or a person's name out of everything, for good.

Belongs here: the command. Keep out: how it is taken out (`warehouse/redaction.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import DataOption, folder


def redact(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ARTICLE|NAME", help="An article's id, or a name as it is printed.")],
    why: Annotated[str, typer.Option("--why", help="Why. It stays, so it must not hold what is redacted.")],
    by: Annotated[str, typer.Option("--by", help="Who decided it. It stays.")],
    backup: Annotated[list[Path] | None, typer.Option("--backup", help="A backup outside of the data folder; may be given again.")] = None,
    data: DataOption = None,
) -> None:
    """Take an article, or every mention of a person, out of the working file, the published copy, reports and backups.

    \b
    The files are written anew, so that no byte of it is left in them. A tombstone stays in ops.redactions: what kind, when,
    why, by whom; by it the same text or name is known when it comes again. It cannot be undone. Figures keep their
    numbers; those of a redacted article go with it. Files that articles came from are yours to remove.

    \b
    Examples
      casualties redact "Ann Example" --why "asked by her family" --by "M. Ortiz, data protection"
      casualties redact post-17 --why "publisher withdrew it" --by desk --backup /mnt/backups/monday.duckdb
    """
    from warehouse.redaction import Wanted  # DuckDB
    from warehouse.redaction import redact as take_out

    done = take_out(folder(data, context), Wanted(what, why, by), backup or ())
    typer.echo(f"Redacted one {done.kind} in {done.n_versions} article version{'s' if done.n_versions != 1 else ''}.")
    for path in done.written:
        typer.echo(f"  written anew: {path}")
    if done.removed:
        typer.echo(f"  {len(done.removed)} report pages removed; `casualties report` writes them again")
    for path in done.still:
        typer.echo(f"  still holds it: {path}", err=True)
    typer.echo("Not touched: the files that the articles came from, and copies made by other programs.")
