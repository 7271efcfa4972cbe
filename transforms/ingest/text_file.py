"""One article in a `.txt` or `.md` file: a news page saved as text, or a text with front matter.

Belongs here: that format. Keep out: what a page's header says (`header.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from transforms.ingest.decoding import decode
from transforms.ingest.files import read_bytes
from transforms.ingest.front_matter import split_front_matter
from transforms.ingest.records import MAX_TEXT_BYTES, Received, Rejected, take

_FRONT_MATTER_BYTES = 65_536
_UTF16_FACTOR = 2  # a file in UTF-16 may take twice the bytes of its text in UTF-8


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the article of the file. Raises RejectedInputError and OSError."""
    raw = read_bytes(path, _UTF16_FACTOR * MAX_TEXT_BYTES + _FRONT_MATTER_BYTES, "split it into its articles")
    fields, text = split_front_matter(decode(raw))
    yield take({**fields, "text": text}, origin=origin, line=None, raw=raw, one_page=True)
