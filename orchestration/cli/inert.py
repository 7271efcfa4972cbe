"""Text from articles, made harmless for terminals, spreadsheets and JSON readers.

Article text is hostile: escape sequences can rewrite a terminal, direction marks can turn a number around, and a cell
that starts with `=` is a formula to a spreadsheet.

Belongs here: the three kinds of harmlessness. Keep out: layout.
"""

from __future__ import annotations

import csv
import json
import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, TextIO

_JOINERS = {"\u200c", "\u200d"}  # Persian and Indic words are spelled with them
_TO_SPACE = {"Zl", "Zp"}
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full-width forms


def inert(text: object) -> str:
    """Return the text without control, direction and other unseen characters; line breaks and tabs become spaces."""
    written = str(text)
    if written.isprintable():
        return written
    return "".join(map(_inert_character, written))


def cell(value: Any) -> str:
    """Return a value as one line for a table cell: '' for null, days as ISO, lists joined by commas."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(cell(item) for item in value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return inert(value)


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows as CSV. A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP's advice)."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_no_formula(cell(name)) for name in columns])  # a PIVOT makes columns of what articles say
    for row in rows:
        writer.writerow([value if isinstance(value, int | float) else _no_formula(cell(value)) for value in row])


def write_json(out: TextIO, value: Any) -> None:
    """Write a value as JSON, exact and yet inert: unseen characters stand as escapes. Days become ISO texts.

    JSON has no number that is not finite (RFC 8259), and some views have (`holds_to` of `at least 62`): they become the texts
    "Infinity", "-Infinity" and "NaN", as in the JSON mapping of Protocol Buffers.
    """
    written = json.dumps(_finite(value), ensure_ascii=False, indent=2, default=_plain, allow_nan=False)
    out.write("".join(c if c == "\n" or c.isprintable() or c in _JOINERS else _escape(c) for c in written) + "\n")


def _inert_character(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if character.isspace() or unicodedata.category(character) in _TO_SPACE:
        return " "
    return "" if unicodedata.category(character) in _DROPPED else character


def _no_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {name: _finite(item) for name, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, list | tuple) else value


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)
