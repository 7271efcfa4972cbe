"""Removing an article or a person's name for good: from the working file, the published copy, reports and backups.

The database files are written anew without it, so that no byte of it is left in a freed block; then what is derived is
built again and published. A tombstone stays: what kind, when, why, by whom.

Belongs here: the whole of one redaction. Keep out: knowing it again when it comes back (`tombstones.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.contract import tables
from transforms.errors import InputError
from transforms.identity import hash63
from transforms.naming.masking import REDACTED, KnownNames, Masks, Span, name_parts, pattern
from transforms.naming.runs import tokens
from warehouse import ddl, load
from warehouse.connection import open_file, open_working
from warehouse.files import flush, log_of, remove_database, sha256
from warehouse.lock import hold
from warehouse.masked_copy import copy_masked
from warehouse.masks import ArticleNames, Names
from warehouse.migrate import bring_up_to_date, is_warehouse
from warehouse.paths import DataFolder
from warehouse.publish import publish
from warehouse.rebuild import rebuild_core, rebuild_marts
from warehouse.snapshot import hash_file
from warehouse.statements import statement
from warehouse.tombstones import fingerprint_of_name, fingerprint_of_text, mention_spans
from warehouse.transaction import transaction

_ATTACHED = "redacting"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to redact: an article's id or a name; why and by whom."""

    what: str
    why: str
    by: str


@dataclass(slots=True)
class Redacted:
    """What a redaction did. n_versions: article versions changed. written: database files written anew. removed: report
    pages taken away. still: files of the data folder that still hold the name."""

    kind: str
    n_versions: int
    written: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    still: list[Path] = field(default_factory=list)


def _parts(name: str) -> list[str]:
    """The parts of a name as printed, without particles and initials."""
    known = name_parts(name)
    return [token.text for token in tokens(name) if token.lower in known and token.text[:1].isupper()]


class _Redacting(Names):
    """What to take out of one database: whole articles, or every mention of one name."""

    keeps = True

    def __init__(self, con: duckdb.DuckDBPyConnection, wanted: Wanted) -> None:
        self.numbers, self.public, self.unread = {}, set(), set()
        self.articles = {}
        self.whole: dict[int, str] = {}
        found = con.execute(statement("base/article_texts"), [wanted.what]).fetchall()
        if found:
            self.kind = "article"
            for version, title, text, text_hash in found:
                self.whole[int(version)] = str(text_hash)
                spans = [Span(0, len(title or ""), 0)] if title else []
                self.articles[int(version)] = ArticleNames(Masks(spans), Masks([Span(0, len(text), 0)]), {})
            self.alone, self.all = {}, KnownNames({})
        else:
            self.kind = "name"
            self._find(con, wanted.what)
            printed = {wanted.what, *(name for names in self.articles.values() for name in names.numbers)}
            self.alone, self.all = dict.fromkeys(printed, 0), KnownNames(dict.fromkeys(printed, 0))
        self.sure = self.all
        self._parts = pattern(_parts(wanted.what)) if self.kind == "name" else None

    def reason(self, value: str) -> str:
        """In what people wrote of their decisions each part of the name goes: `Rosa’s family wrote`, `the Lindqvists`."""
        whole = self.anywhere(value)
        return self._parts.sub(REDACTED, whole) if self._parts else whole

    def _find(self, con: duckdb.DuckDBPyConnection, name: str) -> None:
        people = dict(con.execute("SELECT article_version_id, any_value(people) FROM ops.readings GROUP BY ALL").fetchall())
        cursor = con.cursor()
        cursor.execute("SELECT article_version_id, title, text FROM raw.articles")
        last = name_parts(name)[-1:]
        while batch := cursor.fetchmany(1000):
            for version, title, text in batch:
                if not last or last[0] not in f"{title or ''} {text}".lower():
                    continue
                sides = mention_spans(title, text, {name})
                self._add_known(sides, people.get(version), name)
                if any(sides):
                    masks = Masks(sides[0]), Masks(sides[1])
                    numbers = {
                        whole[s.start : s.end]: 0 for side, whole in zip(masks, (title or "", text), strict=True) for s in side.spans
                    }
                    self.articles[int(version)] = ArticleNames(*masks, numbers)
        cursor.close()

    @staticmethod
    def _add_known(sides: tuple[list[Span], list[Span]], people: str | None, name: str) -> None:
        """Add the mentions that the reading noted of a person of that name."""
        import json

        for person in json.loads(people or "[]"):
            if name_parts(person["name"]) == name_parts(name):
                for in_title, start, end in person["mentions"]:
                    sides[0 if in_title else 1].append(Span(start, end, 0))

    def key(self, value: str) -> str:
        return value  # ids stay: they are what a tombstone is known by

    def gone(self, version: int) -> bool:
        return version in self.whole

    def _fingerprints(self, wanted: Wanted) -> list[str]:
        if self.kind == "name":
            return [fingerprint_of_name(wanted.what)]
        return sorted({fingerprint_of_text(text_hash) for text_hash in self.whole.values()})

    def tombstones(self, wanted: Wanted, now: datetime) -> list[dict[str, Any]]:
        """Return the rows of `ops.redactions` for what is taken out."""
        return [
            {
                "redaction_id": hash63("redaction", fingerprint),
                "kind": self.kind,
                "article_id": wanted.what if self.kind == "article" else None,
                "fingerprint": fingerprint,
                "n_articles": len(self.articles),
                "why": wanted.why,
                "redacted_by": wanted.by,
                "redacted_at": now,
            }
            for fingerprint in self._fingerprints(wanted)
        ]


def redact(folder: DataFolder, wanted: Wanted, backups: Sequence[Path] = ()) -> Redacted:
    """Redact an article (by its id) or a name everywhere, and publish again.

    backups: files made by `casualties backup`; those below the data folder are found by themselves. Raises InputError when
    neither an article nor a text has it, or why or by is empty; WarehouseLockedError while a run is going.
    """
    if not wanted.why.strip() or not wanted.by.strip() or not wanted.what.strip():
        raise InputError("a redaction needs what, --why and --by; the tombstone keeps the latter two")
    said = pattern([wanted.what, *_parts(wanted.what)])
    if said is not None and (said.search(wanted.why) or said.search(wanted.by)):
        raise InputError("--why or --by holds what is to be redacted, or a part of it, and is kept; say it otherwise")
    if not folder.database.exists():
        raise InputError(f"there is no warehouse in {folder.root}")
    for backup in backups:
        if not backup.is_file():
            raise InputError(f"there is no backup {backup}")
    with hold(folder.lock, "redaction"):
        with open_file(folder) as con:
            done = _write_anew(con, wanted, folder.database)
        _swap(folder.database)
        done.written.append(folder.database)
        for backup in _backups(folder, backups):
            _redact_backup(backup, wanted, done)
    for page in sorted(folder.reports.glob("*.html")):
        page.unlink()  # `casualties report` writes them anew
        done.removed.append(page)
    folder.built_from.unlink(missing_ok=True)
    remove_database(folder.linking_memory)  # hashes of the words of all texts
    for leftover in folder.story_memory.parent.glob(f"{folder.story_memory.name}*"):
        leftover.unlink()  # the same, and what a run that was killed while writing it left
    now = datetime.now(UTC)
    with open_working(folder, "publishing after a redaction") as con:
        rebuild_core(con, now, folder)
        rebuild_marts(con)
        publish(con, folder)
    done.written.append(folder.published)
    if done.kind == "name":
        done.still = [path for path in _files(folder) if wanted.what.encode() in path.read_bytes()]
    return done


def _write_anew(con: duckdb.DuckDBPyConnection, wanted: Wanted, database: Path) -> Redacted:
    """Write the open database anew, beside it, without what is redacted."""
    bring_up_to_date(con)
    names = _Redacting(con, wanted)
    if not names.articles:
        raise InputError("no article has this id, and no text this name; nothing was changed (mind capitals and spelling)")
    making = _making(database)
    remove_database(making)
    source = con.execute("SELECT current_database()").fetchall()[0][0]
    quoted = '"' + str(source).replace('"', '""') + '"'
    con.execute(f"ATTACH {ddl.quote_literal(str(making))} AS {_ATTACHED}")
    try:
        making.chmod(0o600)
        with transaction(con):
            con.execute(f"COPY FROM DATABASE {quoted} TO {_ATTACHED} (SCHEMA)")
            con.execute(f"INSERT INTO {_ATTACHED}.main.schema_state FROM {quoted}.main.schema_state")
            copy_masked(con, quoted, _ATTACHED, list(tables().values()), names)
        con.execute(f"USE {_ATTACHED}")
        load.insert_rows(con, "ops.redactions", names.tombstones(wanted, datetime.now(UTC)), keep_existing=True)
        con.execute(f"USE {quoted}")
        con.execute(f"CHECKPOINT {_ATTACHED}")
    finally:
        con.execute(f"USE {quoted}")
        con.execute(f"DETACH {_ATTACHED}")
    flush(making)
    return Redacted(names.kind, len(names.articles))


def _making(database: Path) -> Path:
    return database.with_name(database.name + ".redacted.tmp")


def _swap(database: Path) -> None:
    log_of(database).unlink(missing_ok=True)
    _making(database).replace(database)
    flush(database.parent)


def _backups(folder: DataFolder, given: Sequence[Path]) -> list[Path]:
    """The backups that were named, and every other database file of the data folder."""
    own = {folder.database, folder.published}
    found = {path.absolute() for path in folder.root.rglob("*.duckdb") if path not in own}
    return sorted(found | {path.absolute() for path in given})


def _redact_backup(backup: Path, wanted: Wanted, done: Redacted) -> None:
    """Write a backup anew without what is redacted; one that does not hold it stays as it is."""
    try:
        con = duckdb.connect(str(backup))
    except duckdb.Error as error:
        raise InputError(f"the backup {backup} cannot be opened, and may hold it still: {error}; the working file is redacted") from error
    try:
        if not is_warehouse(con):
            return
        try:
            _write_anew(con, wanted, backup)
        except InputError:
            return
    finally:
        con.close()
    _swap(backup)
    if hash_file(backup).exists():
        hash_file(backup).write_text(f"{sha256(backup)}  {backup.name}\n", encoding="utf-8")
    done.written.append(backup)


def _files(folder: DataFolder) -> list[Path]:
    """Every file of the data folder but the gazetteer's and the working file that is open to others."""
    return [path for path in sorted(folder.root.rglob("*")) if path.is_file() and folder.gazetteer not in path.parents]
