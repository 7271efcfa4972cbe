"""A `.zip` file: its members are read as files of a folder are, in the order of their names.

Names that point out of the archive, links, encrypted and overlapping members and bombs are refused by what the archive
declares, before anything is unpacked; the other members go on.

Belongs here: that format. Keep out: limits (`unpacking.py`) and what members hold.
"""

from __future__ import annotations

import errno
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from transforms.ingest import unpacking
from transforms.ingest.records import Received, Rejected, RejectedInputError, storable

# (unpacked file, name of the member, origin) -> its articles
ReadMember = Callable[[Path, str, str], Iterator[Received | Rejected]]
_ENCRYPTED = 0x1
# what `zipfile` raises of itself and of the packings it knows, when bytes are not what they should be
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, ValueError, OverflowError)


def read(path: Path, origin: str, read_member: ReadMember) -> Iterator[Received | Rejected]:
    """Yield the articles of all members; a refused or broken member is rejected alone. Raises RejectedInputError and OSError."""
    with opened(path) as archive:
        members = listed(archive)
        for member in members:
            if not unpacking.is_hidden(member.filename):
                yield from _of_member(archive, member, f"{origin}!{storable(member.filename)}", read_member)
    if not members:
        raise RejectedInputError("empty", "the archive holds no files; take it out, or fetch it again")


def opened(path: Path) -> zipfile.ZipFile:
    """Return the archive. Raises RejectedInputError (unreadable) when it is none."""
    try:
        return zipfile.ZipFile(path)
    except BROKEN as error:
        raise RejectedInputError("unreadable", f"it is no sound ZIP archive ({error!s:.100}); fetch it again") from None


def listed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the files of the archive by name. Raises RejectedInputError (archive_bomb) for the archive as a whole."""
    # a folder by its name's end, as `is_dir` has it, which fails for a member without a name
    members = sorted((member for member in archive.infolist() if not member.filename.endswith("/")), key=lambda member: member.filename)
    unpacking.check_whole(len(members), sum(member.file_size for member in members))
    _refuse_overlap(members)
    return members


def check_member(member: zipfile.ZipInfo) -> None:
    """Raise RejectedInputError when the member must not be unpacked, by what the archive declares of it."""
    unpacking.check_name(member.orig_filename)
    mode = member.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise RejectedInputError("unsafe_archive", "it is a link or a device, not a file; pack the file itself")
    if member.flag_bits & _ENCRYPTED:
        raise RejectedInputError("unreadable", "it is encrypted; unpack it with its password and give the files")
    unpacking.check_size(member.file_size, member.compress_size)


@contextmanager
def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[Path]:
    """Unpack a member to a temporary file. Raises RejectedInputError when it must not be unpacked, or cannot."""
    with ExitStack() as stack:
        try:
            check_member(member)
            stream = stack.enter_context(archive.open(member))
            file = stack.enter_context(unpacking.unpacked(stream, member.filename, member.compress_size))
        except BROKEN as error:
            raise _broken(error) from None
        except OSError as error:
            if error.errno not in (None, errno.EINVAL):
                raise  # of our own disk; what bzip2 says of bad bytes, and a place before the file's beginning, has no number or this
            raise _broken(error) from None
        yield file


def _broken(error: Exception) -> RejectedInputError:
    return RejectedInputError("unreadable", f"it cannot be unpacked ({error!s:.100}); fetch the archive again")


def _refuse_overlap(members: list[zipfile.ZipInfo]) -> None:
    """Raise RejectedInputError (archive_bomb) when members share bytes: so a small file unpacks to any size."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise RejectedInputError("archive_bomb", "its members overlap, which no packing program does; do not trust it")
        end = member.header_offset + member.compress_size


def _of_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: str, read_member: ReadMember) -> Iterator[Received | Rejected]:
    try:
        with unpacked(archive, member) as file:
            yield from read_member(file, member.filename, origin)
    except RejectedInputError as error:
        yield Rejected(origin, None, error.reason, error.detail)
