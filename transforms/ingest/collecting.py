"""Files, folders and archives into articles: finds the files, gives each to its format, turns what fails into rejections.

Folders are walked in sorted order; hidden files and folders are skipped (a file named outright is read); a link to a
folder is not followed. One bad input never stops the others.

Belongs here: walking and dispatching. Keep out: any format.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePath

from transforms.errors import InputError
from transforms.ingest import (
    csv_file,
    gz_file,
    html_file,
    json_file,
    jsonl_file,
    parquet_file,
    text_file,
    unpacking,
    wacz_file,
    warc_file,
    zip_file,
)
from transforms.ingest.records import Received, Rejected, RejectedInputError

Reader = Callable[[Path, str], Iterator[Received | Rejected]]

READERS: dict[str, Reader] = {
    ".txt": text_file.read,
    ".md": text_file.read,
    ".html": html_file.read,
    ".htm": html_file.read,
    ".json": json_file.read,
    ".jsonl": jsonl_file.read,
    ".csv": csv_file.read,
    ".parquet": parquet_file.read,
    ".warc": warc_file.read,
}
ARCHIVES = (".zip", ".gz", ".wacz")
_PACKED_WARC = ".warc.gz"
_OURS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM})


def _origin(path: Path) -> str:
    """Return the path as text that any store can hold: a file name need not be valid UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace").replace("\x00", "\ufffd")


def _files(folder: Path) -> Iterator[Path]:
    """Yield what is to be read below a folder, in sorted order, hidden entries left out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walked(path)
        else:
            yield path


def _walked(folder: Path) -> Iterator[Path]:
    try:
        yield from _files(folder)
    except OSError:
        yield folder  # `_read_file` then says why the folder cannot be read


def _check_file(path: Path) -> None:
    """Raise RejectedInputError (unsupported, unreadable) or OSError for what is no file that can be read."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        if path.is_symlink():
            raise RejectedInputError("unsupported", "it is a link to a folder, which is not followed; name the folder itself")
        os.listdir(path)  # noqa: PTH208 - raises the reason why the folder cannot be listed
        raise RejectedInputError("unreadable", "the folder could not be listed at first; run again")
    if not stat.S_ISREG(mode):
        raise RejectedInputError("unreadable", "it is no regular file (a pipe, socket or device); save it as a file")


def _articles(path: Path, name: str, origin: str, depth: int) -> Iterator[Received | Rejected]:
    """Yield the articles of a file by the suffix of its name. depth: in how many archives it lies.

    Raises RejectedInputError and OSError.
    """
    lowered = name.lower()
    suffix = PurePath(lowered).suffix
    reader = warc_file.read if lowered.endswith(_PACKED_WARC) else READERS.get(suffix)
    if reader is not None:
        yield from reader(path, origin)
        return
    if suffix not in ARCHIVES:
        known = ", ".join((*READERS, *ARCHIVES))
        raise RejectedInputError("unsupported", f"files ending in {suffix or 'nothing'!r} are not read; there are readers for {known}")
    unpacking.check_depth(depth)
    if suffix == ".wacz":
        yield from wacz_file.read(path, origin)
        return

    def read_member(file: Path, inner: str, where: str) -> Iterator[Received | Rejected]:
        yield from _articles(file, inner, where, depth + 1)

    if suffix == ".zip":
        yield from zip_file.read(path, origin, read_member)
    else:
        yield from gz_file.read(path, origin, name, read_member)


def _read_file(path: Path) -> Iterator[Received | Rejected]:
    origin = _origin(path)
    try:
        _check_file(path)
        yield from _articles(path, path.name, origin, 0)
    except RejectedInputError as error:
        yield Rejected(origin, None, error.reason, error.detail)
    except OSError as error:
        if error.errno in _OURS:
            raise  # no fault of the input: the next one would fare no better
        reason = error.strerror or f"{error!s:.200}".partition("\n")[0] or "it cannot be read"
        yield Rejected(origin, None, "unreadable", f"{reason}; check the file and its permissions")


def _collect(paths: Sequence[Path]) -> Iterator[Received | Rejected]:
    for path in paths:
        for file in _walked(path) if path.is_dir() else (path,):
            yield from _read_file(file)


def collect(paths: Sequence[Path]) -> Iterator[Received | Rejected]:
    """Yield every article of the files and folders, and a rejection for each input that cannot be taken in.

    Paths are read in the order given. Raises InputError at once when one of them does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise InputError(f"there is no file or folder {_origin(path)!r}; check the path")
    return _collect(paths)
