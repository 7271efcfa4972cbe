"""Articles in a `.parquet` file, read in small batches of the known columns: memory does not grow with the file. A value that
stands in many rows is stored once, and stays so until its row is taken: a batch of them would take gigabytes.

Belongs here: that format. Keep out: checking fields (`records.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from transforms.ingest.records import Received, Rejected, RejectedInputError, take
from transforms.ingest.unpacking import check_size

KNOWN = (
    *("article_id", "url", "publisher", "title", "text", "published_on", "published_at", "captured_at", "language", "paraphrase"),
    *("byline", "original_publisher"),
)
_BATCH_ROWS = 128


def _cell(name: str, column: Any, index: int) -> object:
    """Return one value as Python has it. Raises RejectedInputError for what Python cannot hold: a string that is not UTF-8
    (undecodable), a time outside of its calendar or in a time zone that nobody knows (wrong_date)."""
    try:
        return column[index].as_py()
    except UnicodeDecodeError:
        raise RejectedInputError("undecodable", "a string of the row is not valid UTF-8; write the file anew from clean text") from None
    except (OverflowError, ValueError, KeyError) as error:
        detail = f"`{name}` lies outside the calendar, or its time zone is unknown ({error!s:.80}); write it as text in ISO form"
        raise RejectedInputError("wrong_date", detail) from None


def _take_row(columns: dict[str, Any], index: int, origin: str, number: int) -> Received | Rejected:
    try:
        fields = {name: _cell(name, column, index) for name, column in columns.items()}
    except RejectedInputError as error:
        return Rejected(origin, number, error.reason, f"row {number}: {error.detail}")
    raw = repr(sorted(fields.items())).encode("utf-8", "backslashreplace")
    return take(fields, origin=origin, line=number, raw=hashlib.sha256(raw).digest())


def _texts(schema: Any) -> list[str]:
    """Return the known columns that hold text. schema: pyarrow's."""
    import pyarrow as pa

    return [
        field.name for field in schema if field.name in KNOWN and (pa.types.is_string(field.type) or pa.types.is_large_string(field.type))
    ]


def _check_packing(metadata: Any, names: Sequence[str]) -> None:
    """Raise RejectedInputError (archive_bomb) for a column that is packed too tightly to be text. metadata: pyarrow's, of the file."""
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        for column in map(group.column, range(metadata.num_columns)):
            if column.path_in_schema in names:
                check_size(column.total_uncompressed_size, column.total_compressed_size)


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the articles of the file, rows numbered from 1. Raises RejectedInputError and OSError."""
    import pyarrow as pa  # a tenth of a second: only for who reads Parquet
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path, read_dictionary=_texts(pq.read_schema(path))) as file:
            names = [name for name in KNOWN if name in file.schema_arrow.names]
            if "text" not in names:
                shown = ", ".join(file.schema_arrow.names[:12])
                raise RejectedInputError(
                    "missing_text", f"there is no column `text` (there are: {shown:.200}); name the column of the article's text so"
                )
            twice = next((name for name in names if file.schema_arrow.names.count(name) > 1), None)
            if twice is not None:
                raise RejectedInputError("wrong_type", f"there are several columns `{twice}`; leave the right one")
            _check_packing(file.metadata, names)
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=names):
                columns = {name: batch.column(name) for name in names}
                for index in range(batch.num_rows):
                    number += 1
                    yield _take_row(columns, index, origin, number)
    except pa.ArrowException as error:
        detail = f"it is no sound Parquet file from row {number + 1} on ({str(error).splitlines()[0]:.120}); write or fetch it again"
        raise RejectedInputError("unreadable", detail) from None
    if not number:
        raise RejectedInputError("empty", "the file has no rows; take it out, or fetch it again")
