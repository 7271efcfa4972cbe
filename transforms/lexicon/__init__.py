"""Lexicons: vocabulary as data, with provenance.

Each `*.csv` here has the columns `term,class,why,added` (and a lexicon's own extra columns). Lines starting with `#`
are comments. Adding a word is adding one line.

Belongs here: the CSV files and the one loader that validates them. Keep out: rules about how words combine.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from transforms.errors import LexiconError

LEXICON_DIR = Path(__file__).parent
REQUIRED = ("term", "class", "why", "added")
# Extra columns by which lines of one term and class differ: a source may have been close to a party twice.
APART = {"affiliations": ("party", "conflict", "from")}
# Read when sources are compared, not when articles are read: a line more there makes no other reading.
NOT_READ_WITH = frozenset({"affiliations", "conflicts"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One lexicon line: the term as listed, its class, why it is there, and the lexicon's own extra columns."""

    term: str
    term_class: str
    why: str
    added: date
    extra: dict[str, str] = field(default_factory=dict)


def _rows(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as handle:
        lines = ((number, line) for number, line in enumerate(handle, 1) if line.strip() and not line.startswith("#"))
        numbers: list[int] = []

        def remembered() -> Iterable[str]:
            for number, line in lines:
                numbers.append(number)
                yield line

        reader = csv.DictReader(remembered())
        missing = set(REQUIRED) - set(reader.fieldnames or ())
        if missing:
            raise LexiconError(f"columns {sorted(missing)} are missing; a lexicon has {', '.join(REQUIRED)}", file=path.name)
        for row in reader:
            yield numbers[-1], row


def _entry(path: Path, number: int, row: dict[str, str], classes: frozenset[str]) -> Entry:
    if any(not isinstance(row.get(name), str) for name in REQUIRED) or None in row:
        raise LexiconError("wrong number of cells; quote a cell that contains a comma", file=path.name, line=number)
    term, term_class = row["term"].strip(), row["class"].strip()
    if not term:
        raise LexiconError("the term is empty", file=path.name, line=number)
    if term_class not in classes:
        raise LexiconError(f"class {term_class!r} of {term!r} is none of {', '.join(sorted(classes))}", file=path.name, line=number)
    if not row["why"].strip():
        raise LexiconError(f"{term!r} has no reason in `why`", file=path.name, line=number)
    try:
        added = date.fromisoformat(row["added"].strip())
    except ValueError:
        raise LexiconError(f"`added` of {term!r} is no ISO day: {row['added']!r}", file=path.name, line=number) from None
    extra = {key: (value or "").strip() for key, value in row.items() if key not in REQUIRED}
    return Entry(term, term_class, row["why"].strip(), added, extra)


@cache
def load(name: str, classes: frozenset[str]) -> tuple[Entry, ...]:
    """Load `transforms/lexicon/<name>.csv`.

    classes: the classes that the caller knows. Raises LexiconError (file, line, what to do) for an unknown class, an
    empty term or reason, a wrong day, a line of wrong width, or a term that is listed twice in one class.
    """
    return read_file(LEXICON_DIR / f"{name}.csv", classes)


@cache
def by_class(name: str, classes: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return the terms of each class of a lexicon; a class without a line has none. Raises as `load` does. Not to be changed."""
    entries = load(name, classes)
    return {each: frozenset(entry.term for entry in entries if entry.term_class == each) for each in classes}


@cache
def by_term(name: str, classes: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return the classes of each term of a lexicon. Raises as `load` does. Not to be changed."""
    found: dict[str, set[str]] = {}
    for entry in load(name, classes):
        found.setdefault(entry.term, set()).add(entry.term_class)
    return {term: frozenset(classes_of) for term, classes_of in found.items()}


def fingerprint() -> str:
    """Return eight hexadecimal digits that change with any lexicon: a reading is known by the words it was made with."""
    digest = hashlib.blake2b(digest_size=4)
    for path in sorted(path for path in LEXICON_DIR.glob("*.csv") if path.stem not in NOT_READ_WITH):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_file(path: Path, classes: frozenset[str]) -> tuple[Entry, ...]:
    """Read a lexicon file anywhere: what `load` does, for a user's own file."""
    entries: list[Entry] = []
    seen: set[tuple[str, ...]] = set()
    try:
        rows = list(_rows(path))
    except (UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(f"this is no CSV in UTF-8 ({error!s:.100})", file=path.name) from None
    for number, row in rows:
        entry = _entry(path, number, row, classes)
        key = (entry.term, entry.term_class, *(entry.extra[name] for name in APART.get(path.stem, ())))
        if key in seen:
            raise LexiconError(f"{entry.term!r} is listed twice as {entry.term_class}", file=path.name, line=number)
        seen.add(key)
        entries.append(entry)
    return tuple(entries)
