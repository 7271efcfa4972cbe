"""Plain rows on a terminal, as CSV or as JSON.

Belongs here: rows whose columns nobody knows beforehand (`sql`, `quarantine list`). Keep out: the comparison's own layout.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from orchestration.cli.inert import cell, inert, write_csv, write_json
from orchestration.cli.options import Format, console


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Format) -> None:
    """Print rows on standard output in the form asked for; null is an empty cell (JSON: null)."""
    if form is Format.json:
        write_json(sys.stdout, [dict(zip(columns, row, strict=True)) for row in rows])
    elif form is Format.csv:
        write_csv(sys.stdout, columns, rows)
    else:
        _show_table(columns, rows)


def _show_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for position, name in enumerate(columns):
        numeric = any(_is_number(row[position]) for row in rows)
        table.add_column(Text(inert(name)), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(value)) for value in row))
    console().print(table)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
