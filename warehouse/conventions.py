"""Conventions: named rule sets that make a number of words, choose among origins, and say who is counted.

Each is a TOML file: those of `warehouse/convention_files/` and a user's own in the data folder's `conventions/`. They are
checked, stored in `mart.conventions` and `mart.convention_words`, and applied by `mart.tolls_under(convention)`.

Belongs here: reading and checking the files. Keep out: applying them, which is SQL; their sources (`docs/conventions.md`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from transforms.contract import table
from transforms.errors import InputError
from warehouse.load import insert_rows

SHIPPED = Path(__file__).parent / "convention_files"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# table of the file -> key -> what may stand there
_CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "words": {
        "vague": ("least", "numbers", "leave_out"),
        "range": ("lower", "midpoint", "upper", "leave_out"),
        "at_least": ("stated", "leave_out"),
        "at_most": ("stated", "leave_out"),
    },
    "selection": {"rule": ("none", "lowest", "highest", "latest_majority_lowest")},
}
_LISTS: dict[str, tuple[str, ...]] = {
    "outcomes": table("core.figures").column("outcome").allowed,
    "statuses": ("people", "civilian", "combatant"),
}
_OTHER: dict[str, set[str]] = {
    "words": {"numbers"},
    "selection": {"reviewed_only", "leave_out_parties"},
    "inclusion": {*_LISTS, "sum_sides"},
}


@dataclass(frozen=True, slots=True)
class Convention:
    """One rule set: its row of mart.conventions, and the number of persons for each vague word."""

    row: Mapping[str, Any]
    numbers: Mapping[str, int]

    @property
    def name(self) -> str:
        """The name under which mart.tolls_under knows it: that of its file."""
        return str(self.row["convention"])


def read_conventions(own: Path | None = None) -> tuple[Convention, ...]:
    """Return the shipped conventions and those of the folder `own`, by name.

    Raises InputError, with file and key, for a file that is not as docs/conventions.md describes, or takes a shipped name.
    """
    files = sorted(SHIPPED.glob("*.toml"))
    found = {path.stem: read_convention(path, is_own=False) for path in files}
    for path in sorted(own.glob("*.toml")) if own is not None and own.is_dir() else ():
        if path.stem in found:
            raise InputError(f"{path}: there is a convention {path.stem!r} already; give the file another name")
        found[path.stem] = read_convention(path, is_own=True)
    return tuple(found[name] for name in sorted(found))


def read_convention(path: Path, *, is_own: bool) -> Convention:
    """Return the convention that a file describes. Raises InputError when it is not well formed."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} is no TOML: {error}") from error
    if not _NAME.fullmatch(path.stem):
        raise InputError(f"{path}: a convention is named like its file, in lower-case letters, digits and _; {path.stem!r} is no such name")
    _known(path, "the file", given, {"title", "source", *_OTHER})
    row: dict[str, Any] = {"convention": path.stem, "is_own": is_own}
    for key in ("title", "source"):
        row[key] = _expected(path, key, given.get(key), str, "a text, not empty")
    for part, known in _OTHER.items():
        section = _expected(path, f"[{part}]", given.get(part), dict, "a table")
        _known(path, f"[{part}]", section, {*known, *_CHOICES.get(part, {})})
        for key, choices in _CHOICES.get(part, {}).items():
            row[f"{part}_{key}"] = _one_of(path, f"{part}.{key}", section.get(key), choices)
    for key, allowed in _LISTS.items():
        row[key] = [_one_of(path, f"inclusion.{key}", item, allowed) for item in _list(path, key, given["inclusion"])]
    row["sum_sides"] = _flag(path, "inclusion.sum_sides", given["inclusion"])
    for key in ("reviewed_only", "leave_out_parties"):
        row[key] = _flag(path, f"selection.{key}", given["selection"])
    return Convention(row, _numbers(path, row["words_vague"], given["words"].get("numbers", {})))


def store_conventions(con: duckdb.DuckDBPyConnection, conventions: Iterable[Convention]) -> None:
    """Fill mart.conventions and mart.convention_words, which must be empty."""
    listed = tuple(conventions)
    insert_rows(con, "mart.conventions", [dict(item.row) for item in listed])
    words = [{"convention": item.name, "word": word, "number": number} for item in listed for word, number in item.numbers.items()]
    insert_rows(con, "mart.convention_words", words)


def _numbers(path: Path, vague: str, given: Any) -> dict[str, int]:
    numbers = _expected(path, "words.numbers", given, dict, "a table", empty=True)
    if (vague == "numbers") != bool(numbers):
        raise InputError(f'{path}: words.vague = "numbers" and the table [words.numbers] go together')
    for word, number in numbers.items():
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise InputError(f"{path}: words.numbers.{word}: {number!r} is no number of persons (a whole number, 0 or more)")
    return {word.lower(): number for word, number in numbers.items()}


def _expected(path: Path, key: str, value: Any, kind: type, what: str, *, empty: bool = False) -> Any:
    if not isinstance(value, kind) or not (value or empty):
        raise InputError(f"{path}: {key} must be {what}, and is {'missing' if value is None else repr(value)}")
    return value


def _one_of(path: Path, key: str, value: Any, choices: Iterable[str]) -> str:
    if value not in choices:
        raise InputError(f"{path}: {key} must be one of {', '.join(choices)}, and is {'missing' if value is None else repr(value)}")
    return str(value)


def _list(path: Path, key: str, section: Mapping[str, Any]) -> list[Any]:
    value: list[Any] = _expected(path, f"inclusion.{key}", section.get(key, []), list, "a list", empty=True)
    return value


def _flag(path: Path, key: str, section: Mapping[str, Any]) -> bool:
    return bool(_expected(path, key, section.get(key.rpartition(".")[2], False), bool, "true or false", empty=True))


def _known(path: Path, where: str, given: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise InputError(f"{path}: {where} has {', '.join(unknown)}, which no convention has; known are {', '.join(sorted(known))}")
