"""Articles in a `.csv` file with a header row, read row by row: memory does not grow with the file.

The separator is a comma; semicolon and tab are recognised from the header row. Bytes that the file's encoding does
not know reject their row only.

Belongs here: that format. Keep out: checking fields (`records.py`).
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from transforms.ingest.decoding import SAMPLE_BYTES, encoding_of, refuse_binary
from transforms.ingest.records import MAX_TEXT_BYTES, Received, Rejected, RejectedInputError, take

_SEPARATORS = ",;\t"
_ESCAPED = re.compile("[\udc80-\udcff]")  # what `surrogateescape` makes of undecodable bytes


class _Remembering:
    """The lines of a file, counted, and those of the current row kept for its hash."""

    def __init__(self, handle: TextIO) -> None:
        self._handle = handle
        self.number = 0
        self.row: list[str] = []
        self.size = 0

    def __iter__(self) -> _Remembering:
        return self

    def __next__(self) -> str:
        line = self._handle.readline(MAX_TEXT_BYTES + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self.size += len(line)
        if self.size > 2 * MAX_TEXT_BYTES:
            raise RejectedInputError(
                "too_large", f"the row that begins near line {self.number - len(self.row)} does not end; a closing quote is missing there"
            )
        self.row.append(line)
        return line

    def begin_row(self) -> int:
        """Forget the row before; return the line on which the next one begins."""
        self.row.clear()
        self.size = 0
        return self.number + 1


def _encoding(path: Path) -> str:
    with path.open("rb") as handle:
        sample = handle.read(SAMPLE_BYTES)
    refuse_binary(sample)
    if not sample.strip(b" \t\r\n\xef\xbb\xbf"):
        raise RejectedInputError("empty", "the file has no rows; take it out, or fetch it again")
    return encoding_of(sample, cut=len(sample) == SAMPLE_BYTES)


def _columns(reader: Iterator[list[str]]) -> list[str]:
    names = [name.strip().lower() for name in next(reader, [])]
    if "text" not in names:
        shown = ", ".join(name for name in names[:12] if name) or "none"
        raise RejectedInputError(
            "missing_text", f"the header row has no column `text` (it has: {shown:.200}); name the column of the article's text so"
        )
    return names


def _take_row(names: list[str], cells: list[str], lines: _Remembering, encoding: str, origin: str, begin: int) -> Received | Rejected:
    content = "".join(lines.row)
    if _ESCAPED.search(content):
        detail = f"the row on line {begin} holds bytes that are not valid {encoding.upper()}; repair it, or save the file as UTF-8"
        return Rejected(origin, begin, "undecodable", detail)
    if len(cells) > len(names):
        detail = f"the row on line {begin} has {len(cells)} cells, the header {len(names)}; quote a text that holds the separator"
        return Rejected(origin, begin, "wrong_type", detail)
    fields = {name: value for name, value in zip(names, cells, strict=False) if value != ""}
    return take(fields, origin=origin, line=begin, raw=content.encode("utf-8", "surrogatepass"))


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the articles of the file; the line of each is the one its row begins on.

    Raises RejectedInputError (the file as a whole, or all that follows a quote that is never closed) and OSError.
    """
    encoding = _encoding(path)
    csv.field_size_limit(min(sys.maxsize, 4 * MAX_TEXT_BYTES))  # process-wide, and its default cuts long articles
    taken, lines = 0, None
    try:
        with path.open(encoding=encoding, errors="surrogateescape", newline="") as handle:
            first = handle.readline(SAMPLE_BYTES)
            handle.seek(0)
            separator = max(_SEPARATORS, key=first.count)
            lines = _Remembering(handle)
            reader = csv.reader(lines, delimiter=separator)
            names = _columns(reader)
            begin = lines.begin_row()
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    taken += 1
                    yield _take_row(names, cells, lines, encoding, origin, begin)
                begin = lines.begin_row()
    except UnicodeDecodeError as error:  # of UTF-16 and UTF-32 alone: nobody knows where the next sign begins
        near = lines.number if lines is not None else 0
        detail = f"what follows line {near} is not all {encoding.upper()} ({error.reason}), and was not read; save the file as UTF-8"
        raise RejectedInputError("undecodable", detail) from None
    if not taken:
        raise RejectedInputError("empty", "the file has a header row and no rows below; take it out, or fetch it again")
