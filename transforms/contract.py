"""The contract: every table of the warehouse, described once.

The data stands in `transforms/tables/*.toml` (file name up to `_` or `.` = schema). From it come the DDL with
CHECKs and comments (`warehouse/ddl.py`), the structural expectations (`expectations/`), the pandas and Arrow types,
and the data dictionary (`docs/data-dictionary.md`).

Belongs here: reading and validating that description. Keep out: anything that creates, fills or checks a table.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from transforms.errors import ContractError

TABLES_DIR = Path(__file__).parent / "tables"
SCHEMAS = ("raw", "core", "mart", "ops")
# DuckDB type -> pandas dtype. Nullable integers throughout: a missing count is no zero.
PANDAS_TYPES = {
    "UBIGINT": "UInt64",
    "BIGINT": "Int64",
    "INTEGER": "Int32",
    "DOUBLE": "Float64",
    "BOOLEAN": "boolean",
    "VARCHAR": "string",
    "DATE": "object",
    "TIMESTAMP": "datetime64[us]",
    "VARCHAR[]": "object",
    "UBIGINT[]": "object",
    "DATE[]": "object",
    "DOUBLE[]": "object",
}
_COLUMN_KEYS = {"type", "null", "means", "unit", "allowed", "min", "max"}
_TABLE_KEYS = {"row", "caution", "key", "columns"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its DuckDB type, meaning, unit, whether null is allowed, allowed values and range (inclusive)."""

    name: str
    type: str
    means: str
    null: bool = True
    unit: str | None = None
    allowed: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: schema, name, what one row is, what to beware of, its key and its columns in order."""

    schema: str
    name: str
    row: str
    caution: str | None
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def full_name(self) -> str:
        """`core.figures`: the one name of the table, its asset, its suite and its fixture."""
        return f"{self.schema}.{self.name}"

    def column(self, name: str) -> Column:
        """Return the column of that name; raises ContractError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise ContractError(f"{self.full_name} has no column {name!r}")

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


def _column(table: str, name: str, spec: dict[str, Any]) -> Column:
    unknown = set(spec) - _COLUMN_KEYS
    if unknown:
        raise ContractError(f"{table}.{name}: unknown key {sorted(unknown)}; known are {sorted(_COLUMN_KEYS)}")
    if spec.get("type") not in PANDAS_TYPES:
        raise ContractError(f"{table}.{name}: type {spec.get('type')!r} is none of {sorted(PANDAS_TYPES)}")
    if not spec.get("means"):
        raise ContractError(f"{table}.{name}: `means` is missing; say what the column means")
    return Column(
        name=name,
        type=spec["type"],
        means=spec["means"],
        null=spec.get("null", True),
        unit=spec.get("unit"),
        allowed=tuple(spec.get("allowed", ())),
        min=spec.get("min"),
        max=spec.get("max"),
    )


def _table(schema: str, name: str, spec: dict[str, Any]) -> Table:
    full_name = f"{schema}.{name}"
    unknown = set(spec) - _TABLE_KEYS
    if unknown:
        raise ContractError(f"{full_name}: unknown key {sorted(unknown)}; known are {sorted(_TABLE_KEYS)}")
    columns = tuple(_column(full_name, column, values) for column, values in spec["columns"].items())
    names = {column.name for column in columns}
    if not set(spec["key"]) <= names:
        raise ContractError(f"{full_name}: key {spec['key']} names a column that is not there")
    return Table(schema, name, spec["row"], spec.get("caution"), tuple(spec["key"]), columns)


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """Return every table by its full name (`core.figures`), in the order of the schemas.

    Raises ContractError when a description is not well formed.
    """
    found: dict[str, Table] = {}
    for path in sorted(TABLES_DIR.glob("*.toml"), key=lambda p: (SCHEMAS.index(p.stem.split("_")[0]), p.name)):
        schema = path.stem.split("_")[0]
        for name, spec in tomllib.loads(path.read_text(encoding="utf-8")).items():
            table = _table(schema, name, spec)
            if table.full_name in found:
                raise ContractError(f"{table.full_name} is described twice")
            found[table.full_name] = table
    return found


def table(full_name: str) -> Table:
    """Return one table by its full name; raises ContractError when the contract has none of that name."""
    try:
        return tables()[full_name]
    except KeyError:
        raise ContractError(f"the contract has no table {full_name!r}; it has {', '.join(tables())}") from None
