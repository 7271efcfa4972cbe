"""`casualties diff-reader`: what a newer reader changed.

Belongs here: the summary by rule, and the list. Keep out: comparing (`warehouse/reader_diff.py`).
"""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

import typer

from orchestration.cli.options import DataOption, Format, FormatOption, folder
from orchestration.cli.tables import show_rows

COLUMNS = ("change", "rule", "article_id", "figure_id", "outcome", "quantity_text", "sentence", "changed", "held_back")
KINDS = ("added", "gone", "changed")


def diff_reader(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier reader version.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later one.")],
    every: Annotated[bool, typer.Option("--list", help="List every figure, not only how many of each rule.")] = False,
    form: FormatOption = Format.table,
    data: DataOption = None,
) -> None:
    """Show which figures a newer reader added, dropped or changed in the articles that both have read, by rule.

    \b
    Examples
      casualties sql "SELECT DISTINCT reader_version FROM ops.readings"
      casualties diff-reader OLD NEW
      casualties diff-reader OLD NEW --list --format csv > changes.csv

    A figure that the other reader read too and that was held back is marked `held_back`: see `casualties quarantine list --all`.
    """
    from warehouse.connection import open_published  # DuckDB
    from warehouse.reader_diff import compare_readers

    with open_published(folder(data, context)) as con:
        found = compare_readers(con, old, new)
    if every or form is not Format.table:
        show_rows(COLUMNS, [[_shown(row[name]) for name in COLUMNS] for row in found.rows], form)
    else:
        show_rows(("rule", *KINDS), by_rule(found.rows), form)
    if form is Format.table:
        total = Counter(row["change"] for row in found.rows)
        numbers = ", ".join(f"{total[kind]} {kind}" for kind in KINDS)
        typer.echo(f"{found.n_articles} article versions read by both: {numbers}.")


def by_rule(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return for each rule how many figures were added, are gone, have changed; the busiest rule first."""
    counts = Counter((row["rule"], row["change"]) for row in rows)
    rules = sorted({row["rule"] for row in rows}, key=lambda rule: (-sum(counts[rule, kind] for kind in KINDS), rule))
    return [(rule, *(counts[rule, kind] for kind in KINDS)) for rule in rules]


def _shown(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value
