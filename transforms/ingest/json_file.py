"""Articles in a `.json` file: one object, or a list of objects.

Belongs here: that format, and parsing one JSON value for `jsonl_file.py`. Keep out: checking fields (`records.py`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from transforms.ingest.decoding import decode
from transforms.ingest.files import read_bytes
from transforms.ingest.records import Received, Rejected, RejectedInputError, take

MAX_FILE_BYTES = 256_000_000  # the file is held in memory as a whole; the other formats are not


def parse(content: str, line: int | None = None) -> object:
    """Return the JSON value. Raises RejectedInputError (broken_json) that names the line.

    line: the line of the file that `content` is; None when it is the whole file.
    """
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        where = f"line {line if line is not None else error.lineno}, column {error.colno}"
        raise RejectedInputError("broken_json", f"{where}: {error.msg}; repair it there") from None
    except (ValueError, RecursionError) as error:
        where = f"line {line}" if line is not None else "the file"
        raise RejectedInputError("broken_json", f"{where}: {str(error)[:100]}; this is no list of articles") from None


def take_object(value: object, *, origin: str, line: int | None, raw: bytes) -> Received | Rejected:
    """Return the article or rejection that a JSON value makes; only an object can be an article."""
    if not isinstance(value, dict):
        detail = f'the record is a JSON {type(value).__name__}, not an object; write {{"text": …, "publisher": …}}'
        return Rejected(origin, line, "wrong_type", detail)
    return take(value, origin=origin, line=line, raw=raw)


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the articles of the file, numbered from 1 in a list. Raises RejectedInputError and OSError."""
    raw = read_bytes(path, MAX_FILE_BYTES, "write it as .jsonl, one article a line: that has no limit")
    value = parse(decode(raw))
    if not isinstance(value, list):
        yield take_object(value, origin=origin, line=None, raw=raw)
        return
    if not value:
        raise RejectedInputError("empty", "the list has no articles; take the file out, or fetch it again")
    for number, item in enumerate(value, 1):
        # ASCII escapes: a lone surrogate in a string has no bytes of its own
        yield take_object(item, origin=origin, line=number, raw=json.dumps(item, sort_keys=True).encode("ascii"))
