"""`casualties evidence`: a package with which another person can check one number offline.

Belongs here: the command. Keep out: what is in the package (`warehouse/evidence.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.options import DataOption, folder


def evidence(
    context: typer.Context,
    figure_id: Annotated[int, typer.Argument(metavar="FIGURE_ID", help="As `casualties incident ID --format csv` prints it.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="A new folder, or a file that ends in .zip. [default: evidence-FIGURE_ID]")
    ] = None,
    data: DataOption = None,
) -> None:
    """Export what another person needs to check one number: words and their places, hashes, capture time, rule, history.

    \b
    Names are not masked in it: hand it on only to who needs it. HOW-TO-CHECK.txt inside has the steps (sha256sum and one
    line of Python), and says where it falls short of the Berkeley Protocol.

    \b
    Examples
      casualties evidence 4611686018427387904
      casualties evidence 4611686018427387904 -o figure.zip
    """
    from warehouse import evidence as packages  # DuckDB
    from warehouse.connection import open_working

    with open_working(folder(data, context), "evidence") as con:
        files = packages.evidence(con, figure_id)
    written = packages.write(files, out or Path(f"evidence-{figure_id}"))
    typer.echo(f"{written}: {', '.join(sorted(files))}")
    if packages.ORIGINAL not in files:
        typer.echo("The original bytes are not in it: the file the article came from is gone or changed. Its hash is.", err=True)
