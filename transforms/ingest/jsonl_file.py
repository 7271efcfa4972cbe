"""Articles in a `.jsonl` file, one object a line, read line by line: memory does not grow with the file.

Belongs here: that format. Keep out: parsing (`json_file.py`) and checking fields (`records.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from transforms.ingest.decoding import SAMPLE_BYTES, encoding_of, refuse_binary
from transforms.ingest.json_file import parse, take_object
from transforms.ingest.records import MAX_TEXT_BYTES, Received, Rejected, RejectedInputError

_MAX_LINE_BYTES = 6 * MAX_TEXT_BYTES + 1_000_000  # JSON may write one character of text in six bytes


def _lines(handle: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of the file; None for one that is too long, which is skipped without being held."""
    while line := handle.readline(_MAX_LINE_BYTES):
        if len(line) == _MAX_LINE_BYTES and not line.endswith(b"\n"):
            while (rest := handle.readline(_MAX_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def _take_line(raw: bytes, encoding: str, origin: str, number: int) -> Received | Rejected:
    try:
        content = raw.decode(encoding)
        return take_object(parse(content, number), origin=origin, line=number, raw=raw)
    except UnicodeDecodeError as error:
        detail = f"line {number}: byte {error.start + 1:,} is not valid {encoding.upper()}; repair the line, or save the file as UTF-8"
        return Rejected(origin, number, "undecodable", detail)
    except RejectedInputError as error:
        return Rejected(origin, number, error.reason, error.detail)


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the articles of the file; a broken line is rejected with its number and the rest goes on.

    Raises RejectedInputError (empty, binary, undecodable: the file as a whole) and OSError.
    """
    with path.open("rb") as handle:
        sample = handle.read(SAMPLE_BYTES)
        refuse_binary(sample)
        encoding = encoding_of(sample, cut=len(sample) == SAMPLE_BYTES)
        if encoding in {"utf-16", "utf-32"}:
            raise RejectedInputError("undecodable", f"the file is {encoding.upper()}, which cannot be read by lines; save it as UTF-8")
        handle.seek(0)
        taken = 0
        for number, raw in enumerate(_lines(handle), 1):
            if raw is None:
                taken += 1
                detail = f"line {number} has more than {_MAX_LINE_BYTES:,} bytes; one line holds one article"
                yield Rejected(origin, number, "too_large", detail)
            elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
                taken += 1
                bare = raw.rstrip(b"\r\n")
                yield _take_line(bare, encoding if number == 1 else encoding.removesuffix("-sig"), origin, number)
    if not taken:
        raise RejectedInputError("empty", "the file has no lines; take it out, or fetch it again")
