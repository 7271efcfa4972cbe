"""`casualties sql`: a person's own query on the published copy.

Belongs here: printing the rows. Keep out: running the query safely (`warehouse/query.py`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows


def sql(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="One reading statement in DuckDB's SQL.")],
    form: FormatOption = Format.table,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, help="Seconds after which the query is stopped.")] = 60.0,
    max_rows: Annotated[int, typer.Option("--max-rows", min=1, help="Most rows printed.")] = 10_000,
    data: DataOption = None,
) -> None:
    """Query the published copy. Read-only: no query can change it, reach a file or the network, or run for ever.

    \b
    Examples
      casualties sql "SHOW ALL TABLES"
      casualties sql "DESCRIBE mart.figure_comparison"
      casualties sql "FROM mart.incident_tolls WHERE is_conflict"
      casualties sql "SELECT origin, count_shown FROM mart.figure_comparison" --format csv > tolls.csv
    """
    from warehouse.query import run_sql  # imports DuckDB

    result = run_sql(folder(data, context), query, timeout=timeout, max_rows=max_rows)
    show_rows(result.columns, result.rows, form)
    if result.truncated:
        typer.echo(f"casualties sql: only the first {max_rows} rows are shown; --max-rows shows more", err=True)
