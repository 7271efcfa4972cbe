"""What may be unpacked: safe names, bounded sizes. Everything is decided on what an archive declares, before anything is
unpacked, and held to while it is: declarations can lie.

Members are unpacked one at a time into a temporary file of our own naming, and never under their own name.

Belongs here: the limits, and copying within them. Keep out: any archive format.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from transforms.ingest.records import RejectedInputError, storable

MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 1_000_000_000
MAX_TOTAL_BYTES = 10_000_000_000
# Text packs to a tenth, endless repetition to a thousandth. Small members may be anything: they do no harm.
MAX_RATIO, RATIO_FROM_BYTES = 200, 10_000_000
MAX_DEPTH = 2  # an archive in an archive; what is deeper was built to be deep
_BLOCK = 1 << 20
_HIDDEN_FOLDERS = frozenset({"__MACOSX"})


class Readable(Protocol):
    """Anything with `read(n)` for bytes."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""


def check_name(name: str) -> None:
    """Raise RejectedInputError (unsafe_archive) for a member without a name, or with one that points out of the archive."""
    if not name:
        raise RejectedInputError("unsafe_archive", "it has no name; pack it anew with plain names")
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")) or "\x00" in name:
        raise RejectedInputError(
            "unsafe_archive", f"the name {storable(name)!r:.120} points out of the archive; pack it anew with plain names"
        )


def check_size(size: int, packed: int) -> None:
    """Raise RejectedInputError (archive_bomb) for a member that is too large, or packed too tightly to be text.

    size, packed: bytes unpacked and packed, as declared or as counted so far.
    """
    if size > MAX_MEMBER_BYTES:
        raise RejectedInputError("archive_bomb", f"it unpacks to more than {MAX_MEMBER_BYTES:,} bytes; split it into smaller files")
    if size > RATIO_FROM_BYTES and size > MAX_RATIO * max(1, packed):
        detail = f"it unpacks to more than {MAX_RATIO} times its size, which no text does; unpack it yourself if you trust it"
        raise RejectedInputError("archive_bomb", detail)


def check_whole(members: int, size: int) -> None:
    """Raise RejectedInputError (archive_bomb) for an archive with too many members, or too large altogether."""
    if members > MAX_MEMBERS or size > MAX_TOTAL_BYTES:
        detail = f"it holds {members:,} members of {size:,} bytes; the limits are {MAX_MEMBERS:,} and {MAX_TOTAL_BYTES:,}: split it"
        raise RejectedInputError("archive_bomb", detail)


def check_depth(depth: int) -> None:
    """Raise RejectedInputError (archive_bomb) for an archive that lies too deep in others. depth: 0 = a file of its own."""
    if depth >= MAX_DEPTH:
        raise RejectedInputError(
            "archive_bomb", f"it lies {depth} archives deep; at most {MAX_DEPTH - 1} is unpacked: take it out of the others"
        )


def is_hidden(name: str) -> bool:
    """Return whether a member is one that folders, too, are walked without: hidden, or made by a packing program."""
    return any((part.startswith(".") and part != "..") or part in _HIDDEN_FOLDERS for part in PurePosixPath(name.replace("\\", "/")).parts)


@contextmanager
def unpacked(stream: Readable, name: str, packed: int) -> Iterator[Path]:
    """Copy a member to a temporary file with the suffix of its name, within the limits; it is gone afterwards.

    packed: bytes it takes in the archive. Raises RejectedInputError (archive_bomb) as soon as a limit is passed.
    """
    with tempfile.TemporaryDirectory(prefix="casualties-") as folder:
        path = Path(folder) / f"member{PurePosixPath(name).suffix.lower()[:16]}"
        size = 0
        with path.open("wb") as out:
            while block := stream.read(_BLOCK):
                size += len(block)
                check_size(size, packed)
                out.write(block)
        yield path
