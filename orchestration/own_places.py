"""The user's own files of places, kept in the data folder, so that every later run, also a scheduled one, reads with them.

`gazetteer/own/` holds a copy of each file, `gazetteer/own.json` what is known of it: size and time of change, hash, rows,
places, and when it was added. A call compares size and time, and hashes a file again only where they differ.

Belongs here: keeping, listing and removing the files. Keep out: what is in them (`transforms/places`), and the index.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from transforms.errors import InputError
from transforms.places.user_file import check_user_file
from warehouse.paths import DataFolder

_MAKING = ".making"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """One kept file. size in bytes; mtime_ns, sha256 of the kept copy; rows and places in it; added_at in UTC, ISO 8601."""

    name: str
    size: int
    mtime_ns: int
    sha256: str
    n_rows: int
    n_places: int
    added_at: str


def own_files(folder: DataFolder) -> list[OwnFile]:
    """Return the kept files in the order in which they were added: of two places with one id the later file's counts.

    A file that was edited in the folder is checked and hashed anew. Raises InputError when one is gone or no longer well
    formed.
    """
    if not _kept(folder).is_dir():
        return []
    known = _read(folder)
    with _locked(folder):
        found = [_current(folder, each) for each in known] + _strays(folder, known)
        if found != known:
            _write(folder, found)
    return found


def paths(folder: DataFolder) -> list[Path]:
    """Return where the kept files lie, in their order. Raises as `own_files` does."""
    return [_kept(folder) / each.name for each in own_files(folder)]


def add(files: Sequence[Path], folder: DataFolder, now: datetime) -> list[OwnFile]:
    """Check the files, copy them into the data folder and return what is known of them; one of the same name is replaced.

    now: UTC. All are checked before any is kept. Raises InputError, naming file, line and column, for one that is not there
    or not well formed, and when two have one name.
    """
    names = [path.name for path in files]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError(f"two of the files are called {twice}; a kept file is known by its name, so rename one")
    counted = [check_user_file(path) for path in files]
    before = own_files(folder)
    with _locked(folder):
        made = [_keep(path, counts, folder, now) for path, counts in zip(files, counted, strict=True)]
        _write(folder, _in_order(before, made))
    return made


def remove(name: str, folder: DataFolder) -> OwnFile:
    """Remove a kept file by its name and return what was known of it. Raises InputError when none is called so."""
    known = _read(folder)
    found = next((each for each in known if each.name == name), None)
    if found is None:
        kept = ", ".join(each.name for each in known) or "none is kept"
        raise InputError(f"no kept file is called {name!r} ({kept})")
    with _locked(folder):
        _write(folder, [each for each in known if each.name != name])
        (_kept(folder) / name).unlink(missing_ok=True)
    return found


def state(files: Sequence[OwnFile]) -> str:
    """Return eight hexadecimal digits that stand for the content of the files in their order."""
    if len(files) == 1:
        return files[0].sha256[:8]
    return hashlib.sha256("".join(each.sha256 for each in files).encode()).hexdigest()[:8]


def _in_order(before: Sequence[OwnFile], made: Sequence[OwnFile]) -> list[OwnFile]:
    """Return all files: a replaced one stays in its place when its content is the same, else it counts as added last."""
    same = {each.name: each for each in made if any(old.name == each.name and old.sha256 == each.sha256 for old in before)}
    names = {each.name for each in made}
    kept = [same.get(old.name, old) for old in before if old.name not in names or old.name in same]
    return kept + [each for each in made if each.name not in same]


def _keep(path: Path, counts: tuple[int, int], folder: DataFolder, now: datetime) -> OwnFile:
    kept = _kept(folder) / path.name
    if not (kept.exists() and kept.samefile(path)):
        making = kept.with_name(kept.name + _MAKING)
        shutil.copy2(path, making)
        making.replace(kept)
    return _described(kept, counts, now.astimezone(UTC).isoformat(timespec="seconds"))


def _described(kept: Path, counts: tuple[int, int], added_at: str) -> OwnFile:
    status = kept.stat()
    return OwnFile(kept.name, status.st_size, status.st_mtime_ns, _sha256(kept), *counts, added_at)


def _current(folder: DataFolder, known: OwnFile) -> OwnFile:
    """Return what is known of a file as it is now: hashed again only where size or time differ."""
    path = _kept(folder) / known.name
    if not path.is_file():
        raise InputError(
            f"the kept gazetteer file {path} is gone; put it back, or take it off the list with `casualties gazetteer remove {known.name}`"
        )
    status = path.stat()
    if (status.st_size, status.st_mtime_ns) == (known.size, known.mtime_ns):
        return known
    if _sha256(path) == known.sha256:
        return replace(known, mtime_ns=status.st_mtime_ns)
    return _described(path, check_user_file(path), known.added_at)


def _strays(folder: DataFolder, known: Sequence[OwnFile]) -> list[OwnFile]:
    """Return files that lie in the folder unlisted: an earlier version of this program kept one without a list."""
    names = {each.name for each in known}
    found = sorted(path for path in _kept(folder).iterdir() if path.name not in names and path.suffix != _MAKING)
    changed = ((path, datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path in found)
    return [_described(path, check_user_file(path), at.isoformat(timespec="seconds")) for path, at in changed]


def _kept(folder: DataFolder) -> Path:
    return folder.gazetteer / "own"


def _listed(folder: DataFolder) -> Path:
    return folder.gazetteer / "own.json"


def _read(folder: DataFolder) -> list[OwnFile]:
    try:
        return [OwnFile(**each) for each in json.loads(_listed(folder).read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise InputError(f"{_listed(folder)} is no list of gazetteer files ({error}); remove it, the files are checked anew") from error


def _write(folder: DataFolder, files: Sequence[OwnFile]) -> None:
    making = _listed(folder).with_name(f"own.{os.getpid()}{_MAKING}")
    making.write_text(json.dumps([asdict(each) for each in files], indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    making.replace(_listed(folder))


def _sha256(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@contextmanager
def _locked(folder: DataFolder) -> Iterator[None]:
    """Hold the folder's list: of two commands that change it at once the second waits."""
    _kept(folder).mkdir(parents=True, exist_ok=True)
    with (folder.gazetteer / "own.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
