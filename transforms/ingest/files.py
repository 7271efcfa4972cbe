"""Reading whole files within a limit.

Belongs here: bytes off the disk. Keep out: what they mean.
"""

from __future__ import annotations

from pathlib import Path

from transforms.ingest.records import RejectedInputError


def read_bytes(path: Path, limit: int, advice: str) -> bytes:
    """Return the bytes of a file. Raises RejectedInputError (too_large, with the advice) and OSError."""
    with path.open("rb") as handle:
        raw = handle.read(limit + 1)
    if len(raw) > limit:
        raise RejectedInputError("too_large", f"the file has more than {limit:,} bytes; {advice}")
    return raw
