"""Files and folders into articles: finds the files, gives each to its format, and turns what fails into rejections.

Folders are walked in sorted order; hidden files and folders are skipped (a file named outright is read); a link to a
folder is not followed. One bad input never stops the others.

Belongs here: walking and dispatching. Keep out: any format.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from transforms.errors import InputError
from transforms.ingest import csv_file, html_file, json_file, jsonl_file, parquet_file, text_file
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
}


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


def _checked(path: Path) -> Reader:
    """Return the reader of the file. Raises RejectedInputError (unsupported, unreadable) and OSError."""
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        if path.is_symlink():
            raise RejectedInputError("unsupported", "it is a link to a folder, which is not followed; name the folder itself")
        os.listdir(path)  # noqa: PTH208 - raises the reason why the folder cannot be listed
        raise RejectedInputError("unreadable", "the folder could not be listed at first; run again")
    if not stat.S_ISREG(mode):
        raise RejectedInputError("unreadable", "it is no regular file (a pipe, socket or device); save it as a file")
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        detail = f"files ending in {path.suffix.lower() or 'nothing'!r} are not read; there are readers for {', '.join(READERS)}"
        raise RejectedInputError("unsupported", detail)
    return reader


def _read_file(path: Path) -> Iterator[Received | Rejected]:
    origin = _origin(path)
    try:
        yield from _checked(path)(path, origin)
    except RejectedInputError as error:
        yield Rejected(origin, None, error.reason, error.detail)
    except OSError as error:
        reason = error.strerror or str(error).splitlines()[0]
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
