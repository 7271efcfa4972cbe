"""The data dictionary: the contract as a page for people.

Belongs here: turning the contract into markdown. Keep out: what tables mean (`transforms/tables/*.toml`).
"""

from __future__ import annotations

from pathlib import Path

from transforms.contract import SCHEMAS, Column, Table, tables

DICTIONARY_FILE = Path(__file__).parents[1] / "docs" / "data-dictionary.md"
_SCHEMA_MEANS = {
    "raw": "what arrived, as it arrived",
    "core": "facts and dimensions",
    "mart": "what people query",
    "ops": "what happened in the machine room",
}
_HEAD = """\
# Data dictionary

Made from `transforms/tables/*.toml` by `warehouse/dictionary.py`; edit those files, not this page. The same texts stand as
comments in the database: `SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'figures'`.
Times are UTC. *Required* means never null.
"""


def render() -> str:
    """Return the data dictionary of all tables of the contract as markdown."""
    parts = [_HEAD, _contents()]
    for schema in SCHEMAS:
        parts.append(f"## {schema}: {_SCHEMA_MEANS[schema]}\n")
        parts += [_table(table) for table in tables().values() if table.schema == schema]
    return "\n".join(parts)


def write(path: Path = DICTIONARY_FILE) -> Path:
    """Write the data dictionary to a file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(), encoding="utf-8")
    return path


def _contents() -> str:
    lines = ["| table | one row is |", "| --- | --- |"]
    for table in tables().values():
        anchor = table.full_name.replace(".", "")
        lines.append(f"| [`{table.full_name}`](#{anchor}) | {_cell(table.row)} |")
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    lines = [f"### {table.full_name}", "", f"One row is {table.row}."]
    if table.caution:
        lines += ["", f"**Beware:** {table.caution}"]
    lines += ["", f"Key: {', '.join(f'`{name}`' for name in table.key)}", ""]
    lines += ["| column | type | required | meaning |", "| --- | --- | --- | --- |"]
    lines += [_column(column) for column in table.columns]
    return "\n".join(lines) + "\n"


def _column(column: Column) -> str:
    meaning = _cell(column.means)
    if column.unit:
        meaning += f" [{_cell(column.unit)}]"
    if column.allowed:
        meaning += f". One of: {', '.join(f'`{value}`' for value in column.allowed)}"
    limits = [f"{sign} {limit:g}" for sign, limit in (("≥", column.min), ("≤", column.max)) if limit is not None]
    if limits:
        meaning += f" ({', '.join(limits)})"
    return f"| `{column.name}` | {column.type} | {'' if column.null else 'yes'} | {meaning} |"


def _cell(text: str) -> str:
    """Return the text so that it cannot end a table cell."""
    return text.replace("|", "\\|").replace("\n", " ")
