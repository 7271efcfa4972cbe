"""`sources.toml`: where articles come from. Read and checked as a whole; every problem is told with its line and what to do.

Belongs here: the file's form. Keep out: fetching, and what starts it (`orchestration/triggers.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from transforms.errors import InputError
from transforms.ingest.logins import without_login

FILE_NAME = "sources.toml"
EVERY_HOUR = "17 * * * *"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CRON = re.compile(r"@(?:hourly|daily|weekly|monthly)|\S+(?: \S+){4}")
_CONTACT = re.compile(r"[\x20-\x7e]{1,200}")
_HOST = re.compile(r"[\w.\-\[\]:]+:\d{1,5}")


@dataclass(frozen=True, slots=True)
class Fetching:
    """How the web is asked. Times in seconds; max_bytes: of one body, packed or not."""

    contact: str | None = None
    delay_seconds: float = 1.0
    timeout_seconds: float = 20.0
    retries: int = 3
    retry_seconds: float = 2.0
    max_bytes: int = 20_000_000
    allow_private_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """Files on disk. kind: `inbox`, watched by a sensor, or `archive`, taken in with every daily run."""

    kind: str
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Web:
    """Something to fetch. kind: `feed`, `sitemap` or `urls`; where: its address, or the file of a list.

    publisher: who prints what is there, where the pages do not say it well. include: parts of addresses, of which a page
    needs one. max_pages: at one run. recheck_hours: a page is asked for again, for edits, after so long.
    """

    kind: str
    name: str
    where: str
    schedule: str = EVERY_HOUR
    publisher: str | None = None
    include: tuple[str, ...] = ()
    max_pages: int = 200
    recheck_hours: float = 24.0


@dataclass(frozen=True, slots=True)
class Sources:
    """All of one `sources.toml`."""

    file: Path
    fetching: Fetching = field(default_factory=Fetching)
    folders: tuple[Folder, ...] = ()
    web: tuple[Web, ...] = ()

    def named(self, names: tuple[str, ...]) -> Sources:
        """Return these sources alone; all for no names. Raises InputError for a name that is not there."""
        known = {*(one.name for one in self.folders), *(one.name for one in self.web)}
        unknown = sorted(set(names) - known)
        if unknown:
            raise InputError(f"{self.file} has no source {unknown[0]!r}; it has {', '.join(sorted(known)) or 'none'}")
        if not names:
            return self
        folders = tuple(one for one in self.folders if one.name in names)
        return Sources(self.file, self.fetching, folders, tuple(one for one in self.web if one.name in names))


_FOLDER_KEYS: dict[str, type] = {"name": str, "path": str}
_WEB_KEYS: dict[str, type] = {"schedule": str, "publisher": str, "include": list, "max_pages": int, "recheck_hours": float}
_KEYS: dict[str, dict[str, type]] = {
    "inbox": _FOLDER_KEYS,
    "archive": _FOLDER_KEYS,
    "feed": {"name": str, "url": str} | _WEB_KEYS,
    "sitemap": {"name": str, "url": str} | _WEB_KEYS,
    "urls": {"name": str, "file": str} | _WEB_KEYS,
}
_NEEDED = {kind: tuple(keys)[:2] for kind, keys in _KEYS.items()}
_FETCH_KEYS: dict[str, type] = {
    "contact": str,
    "delay_seconds": float,
    "timeout_seconds": float,
    "retries": int,
    "retry_seconds": float,
    "max_bytes": int,
    "allow_private_hosts": list,
}
_RANGES: dict[str, tuple[float, float]] = {
    "delay_seconds": (0, 3600),
    "timeout_seconds": (0.1, 600),
    "retries": (0, 10),
    "retry_seconds": (0, 600),
    "max_bytes": (1_000, 1_000_000_000),
    "max_pages": (1, 100_000),
    "recheck_hours": (0, 10_000),
}
_TYPES = {str: "text in quotes", int: "a whole number", float: "a number", list: "a list of texts"}


def read(path: Path) -> Sources:
    """Return the sources of a file; relative paths in it count from its folder.

    Raises InputError that lists all problems, each with file, line and what to do.
    """
    try:
        text = path.read_text(encoding="utf-8")
        document = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}; name a file like examples/{FILE_NAME}") from None
    except (ValueError, RecursionError) as error:  # beside what TOML knows as wrong: numbers of thousands of digits, brackets without end
        raise InputError(f"{path} is no TOML: {error}; see examples/{FILE_NAME}") from None
    checked = _Checked(path, text)
    sources = checked.sources(document)
    if checked.problems:
        raise InputError("\n  ".join([f"{path} has {len(checked.problems)} problem(s):", *checked.problems]))
    return sources


class _Checked:
    """One reading of the file: what it says, and what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()
        self.problems: list[str] = []

    def sources(self, document: Mapping[str, Any]) -> Sources:
        """Return what the document says; `problems` then holds what is wrong."""
        for name in sorted(set(document) - {*_KEYS, "fetch"}):
            known = ", ".join(f"[[{kind}]]" for kind in _KEYS)
            self._problem(self._line(name, 0, None), f"`{name}` is no kind of source; there are [fetch], {known}")
        fetching = self._fetching(document.get("fetch", {}))
        folders, web, names = [], [], set()
        for kind, number, entry in self._entries(document):
            problems_before = len(self.problems)
            self._check_keys(kind, number, entry, _KEYS[kind], _NEEDED[kind])
            if len(self.problems) > problems_before:
                continue
            if entry["name"] in names:
                self._problem(self._line(kind, number, "name"), f"the name {entry['name']!r} is there twice; each source has its own")
            names.add(entry["name"])
            if kind in ("inbox", "archive"):
                folders.append(self._folder(kind, number, entry))
            else:
                web.append(self._web(kind, number, entry))
        return Sources(self._path, fetching, tuple(folders), tuple(web))

    def _entries(self, document: Mapping[str, Any]) -> Iterator[tuple[str, int, Mapping[str, Any]]]:
        for kind in _KEYS:
            found = document.get(kind, [])
            if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
                self._problem(self._line(kind, 0, None), f"write [[{kind}]] with two brackets: there can be several")
                continue
            for number, entry in enumerate(found):
                yield kind, number, entry

    def _fetching(self, entry: Any) -> Fetching:
        if not isinstance(entry, dict):
            self._problem(self._line("fetch", 0, None), "write [fetch] with keys below it")
            return Fetching()
        before = len(self.problems)
        self._check_keys("fetch", 0, entry, _FETCH_KEYS, ())
        contact = entry.get("contact")
        if isinstance(contact, str) and not _CONTACT.fullmatch(contact):
            told = f"the `contact` {contact!r:.60} goes into each request, which holds letters of ASCII only; write a mail or web address"
            self._problem(self._line("fetch", 0, "contact"), told)
        for host in entry.get("allow_private_hosts", []):
            if isinstance(host, str) and not _HOST.fullmatch(host):
                line = self._line("fetch", 0, "allow_private_hosts")
                self._problem(line, f"{host!r} is no host with port; write it like intranet.example:8080")
        if len(self.problems) > before:
            return Fetching()
        hosts = tuple(entry.get("allow_private_hosts", ()))
        given = {one.name: entry[one.name] for one in fields(Fetching) if one.name in entry}
        return Fetching(**{**given, "allow_private_hosts": hosts})

    def _folder(self, kind: str, number: int, entry: Mapping[str, Any]) -> Folder:
        path = self._beside(entry["path"])
        if not path.exists():
            self._problem(self._line(kind, number, "path"), f"there is no file or folder {path}; make it, or correct the path")
        elif kind == "inbox" and not path.is_dir():
            self._problem(self._line(kind, number, "path"), f"{path} is a file; an inbox is a folder")
        return Folder(kind, entry["name"], path)

    def _web(self, kind: str, number: int, entry: Mapping[str, Any]) -> Web:
        if kind == "urls":
            path = self._beside(entry["file"])
            if not path.is_file():
                self._problem(self._line(kind, number, "file"), f"there is no file {path}; a list has one address a line")
            where = str(path)
        else:
            where = entry["url"]
            if without_login(where) != where:
                told = "the address has a login in it, which whoever reads the warehouse would see"
                self._problem(self._line(kind, number, "url"), f"{told}; mirror the source by a program that keeps secrets")
            elif not _is_web(where):
                self._problem(self._line(kind, number, "url"), f"{where!r} is no address; write it with https://")
        schedule = entry.get("schedule", EVERY_HOUR)
        if not _CRON.fullmatch(schedule):
            self._problem(self._line(kind, number, "schedule"), f"{schedule!r} is no schedule; write five fields, as {EVERY_HOUR!r}")
        given = {name: entry[name] for name in ("publisher", "max_pages", "recheck_hours") if name in entry}
        return Web(kind, entry["name"], where, schedule, include=tuple(entry.get("include", ())), **given)

    def _beside(self, path: str) -> Path:
        return (self._path.absolute().parent / Path(path).expanduser()).absolute()

    def _check_keys(self, kind: str, number: int, entry: Mapping[str, Any], known: Mapping[str, type], needed: tuple[str, ...]) -> None:
        for name in needed:
            if name not in entry:
                self._problem(self._line(kind, number, None), f"`{name}` is missing; it has {', '.join(needed)}")
        for name, value in entry.items():
            line = self._line(kind, number, name)
            if name not in known:
                self._problem(line, f"`{name}` is unknown; there are {', '.join(known)}")
            elif not _is_of(value, known[name]):
                self._problem(line, f"`{name}` is {value!r:.60}; give {_TYPES[known[name]]}")
            elif name in _RANGES and not _RANGES[name][0] <= value <= _RANGES[name][1]:
                self._problem(line, f"`{name}` is {value}; it goes from {_RANGES[name][0]:g} to {_RANGES[name][1]:g}")
            elif name == "name" and not _NAME.fullmatch(value):
                self._problem(line, f"the name {value!r:.80} has other signs than a-z, 0-9 and _, or begins with none of a-z")

    def _problem(self, line: int | None, what: str) -> None:
        where = f"line {line}" if line else "the file"
        self.problems.append(f"{where}: {what}")

    def _line(self, kind: str, number: int, key: str | None) -> int | None:
        """Return the line of a key in the number-th table of that kind; of the table itself where the key is not found."""
        header = re.compile(rf"\s*\[\[?\s*{re.escape(kind)}\s*\]?\]")
        starts = [line for line, text in enumerate(self._lines, 1) if header.match(text)]
        if number >= len(starts):
            found = (line for line, text in enumerate(self._lines, 1) if re.match(rf"\s*{re.escape(kind)}\b", text))
            return next(found, None)
        if key is not None:
            for line in range(starts[number], len(self._lines)):
                text = self._lines[line]
                if text.lstrip().startswith("["):
                    break
                if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", text):
                    return line + 1
        return starts[number]


def _is_of(value: object, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
    if isinstance(value, bool):
        return False
    if kind is float:
        return isinstance(value, int | float)
    return isinstance(value, kind) and (kind is not str or bool(str(value).strip()))


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
