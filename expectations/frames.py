"""Frames: pandas frames with the contract's dtypes, made from rows or brought into shape.

An id of 63 bits does not survive a float column, so a frame that comes with floats where ids belong is refused, not
rounded.

Belongs here: dtypes and missing values. Keep out: what the values must be (`suites.py`, `rules/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from transforms import contract
from transforms.errors import SuiteFailedError

# Columns of the article that a chunk of figures carries beside its own, and drops before it lands.
ARTICLE_COLUMNS = {"title": "VARCHAR", "text": "VARCHAR", "published_on": "DATE"}
# An article's words are the same object beside each of its figures; as the contract's dtype there would be a copy for each.
_SHARED = frozenset({"title", "text"})
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {"VARCHAR": (str,), "BOOLEAN": (bool,), "DOUBLE": (int, float)}
_FLOAT_EXACT = 2**53


def column_types(full_name: str) -> dict[str, str]:
    """Return the DuckDB type of each column of the table, and for core.figures those of the article beside it."""
    types = {column.name: column.type for column in contract.table(full_name).columns}
    return types | ARTICLE_COLUMNS if full_name == "core.figures" else types


def of_rows(full_name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame of the rows with the contract's dtypes, all columns of the table present even without rows.

    Columns that no row has are null, columns unknown to the contract are left out.
    """
    kept = list(rows)
    columns = {
        name: _series(full_name, name, kind, pd.Series([_plain(row.get(name)) for row in kept], dtype="object"))
        for name, kind in column_types(full_name).items()
    }
    return pd.DataFrame(columns)


def conform(full_name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame's known columns with the contract's dtypes and a fresh index 0…n-1; unknown columns are left out.

    Raises SuiteFailedError when a column cannot be what the contract says it is.
    """
    types = column_types(full_name)
    frame = frame.reset_index(drop=True)
    return pd.DataFrame(
        {name: _series(full_name, name, types[name], frame[name]) for name in frame.columns if name in types}, index=frame.index
    )


def values(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of these columns as plain Python values, None where a value is missing.

    Object columns are taken as they are: in a frame made by `conform`, `of_rows` or `plain` they have no other missing value.
    """
    yield from zip(*(column_values(frame[name]) for name in names), strict=True)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with object columns of plain Python values, so that many rules can read it without converting it again."""
    return pd.DataFrame({name: pd.Series(column_values(frame[name]), index=frame.index, dtype="object") for name in frame.columns})


def column_values(series: pd.Series[Any]) -> list[Any]:
    """Return one column as `values` has it."""
    if series.dtype == object:
        return series.tolist()
    return [None if missing else value for value, missing in zip(series.tolist(), series.isna(), strict=True)]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    return value.tolist() if hasattr(value, "dtype") and hasattr(value, "tolist") else value


def _series(full_name: str, name: str, kind: str, series: pd.Series[Any]) -> pd.Series[Any]:
    """Return the series with the dtype of the DuckDB type `kind`."""
    dtype: Any = contract.PANDAS_TYPES[kind]
    if series.dtype == dtype and (dtype != "object" or _is_of(kind, series)):
        return series
    try:
        if kind.endswith("[]"):
            return pd.Series([_list(value) for value in series.tolist()], index=series.index, dtype="object")
        if kind == "DATE":
            return pd.Series([_day(value) for value in series.tolist()], index=series.index, dtype="object")
        if kind == "TIMESTAMP":
            return _moments(series)
        if full_name == "core.figures" and name in _SHARED:
            return _checked(series, kind)
        if kind in ("UBIGINT", "BIGINT", "INTEGER"):
            return _integers(series, dtype)
        return _checked(series, kind).astype(dtype)
    except (TypeError, ValueError, OverflowError) as error:
        # the value itself stays out of the message: it may be article text
        raise SuiteFailedError(
            f"{full_name}.{name} is no {kind}: a column of {series.dtype} cannot be read as one ({type(error).__name__}); "
            "make the frame with the contract's dtypes"
        ) from None


def _is_of(kind: str, series: pd.Series[Any]) -> bool:
    """Whether an object column holds days or lists and nothing else: nearly all do, and to ask each value takes ten times as long."""
    return set(map(type, series.tolist())) <= {list if kind.endswith("[]") else date, type(None)}


def _checked(series: pd.Series[Any], kind: str) -> pd.Series[Any]:
    """Refuse what pandas would convert silently: numbers to text, text to numbers."""
    wanted = _PYTHON_TYPES[kind]
    plain = [_plain(value) for value in series.tolist()]
    if any(value is not None and (not isinstance(value, wanted) or (kind == "DOUBLE" and isinstance(value, bool))) for value in plain):
        raise TypeError(kind)
    return pd.Series(plain, index=series.index, dtype="object")


def _integers(series: pd.Series[Any], dtype: Any) -> pd.Series[Any]:
    plain = [_plain(value) for value in series.tolist()]
    if any(isinstance(value, float) and (value != int(value) or abs(value) > _FLOAT_EXACT) for value in plain):
        raise ValueError("a float cannot hold this integer exactly")
    if any(value is not None and (isinstance(value, bool) or not isinstance(value, int | float)) for value in plain):
        raise TypeError(dtype)
    return pd.Series([None if value is None else int(value) for value in plain], index=series.index, dtype=dtype)


def _moments(series: pd.Series[Any]) -> pd.Series[Any]:
    plain = [_plain(value) for value in series.tolist()]
    if any(value is not None and (not isinstance(value, datetime) or value.tzinfo is not None) for value in plain):
        raise TypeError("a timestamp is UTC without a zone")
    return pd.Series(plain, index=series.index, dtype="datetime64[us]")


def _day(value: Any) -> date | None:
    value = _plain(value)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime) and value.time().isoformat() == "00:00:00":
        return value.date()
    raise TypeError("not a day")


def _list(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, str | bytes) or not hasattr(value, "__iter__"):
        raise TypeError("not a list")
    return list(value)
