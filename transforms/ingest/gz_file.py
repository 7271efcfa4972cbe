"""A `.gz` file: one packed file of any other format (`news.jsonl.gz`). Packed web archives (`.warc.gz`) are read as they are.

Belongs here: that format. Keep out: limits (`unpacking.py`) and what the file holds.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePath

from transforms.ingest import unpacking
from transforms.ingest.records import Received, Rejected, RejectedInputError
from transforms.ingest.zip_file import ReadMember


def read(path: Path, origin: str, name: str, read_member: ReadMember) -> Iterator[Received | Rejected]:
    """Yield the articles of the packed file. name: of the file, whose inner suffix tells the format.

    Raises RejectedInputError and OSError.
    """
    inner = PurePath(name).stem
    try:
        with gzip.open(path) as stream, unpacking.unpacked(stream, inner, path.stat().st_size) as file:
            yield from read_member(file, inner, origin)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise RejectedInputError("unreadable", f"it is no sound gzip file ({error!s:.100}); fetch it again") from None
