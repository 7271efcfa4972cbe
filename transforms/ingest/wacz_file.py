"""A `.wacz` file (Web Archive Collection Zipped): the web archives in it, each checked against the hash it was packed with.

Belongs here: that format. Keep out: ZIP (`zip_file.py`) and web archives (`warc_file.py`).
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from transforms.ingest import warc_file
from transforms.ingest.records import Received, Rejected, RejectedInputError, storable
from transforms.ingest.zip_file import BROKEN, check_member, listed, opened, unpacked

_ARCHIVE, _PACKAGE = "archive/", "datapackage.json"
_SUFFIXES = (".warc", ".warc.gz")
_MAX_PACKAGE_BYTES = 50_000_000


def read(path: Path, origin: str) -> Iterator[Received | Rejected]:
    """Yield the pages of all web archives in the collection. Raises RejectedInputError and OSError."""
    with opened(path) as archive:
        hashes = _hashes(archive)
        members = [one for one in listed(archive) if one.filename.startswith(_ARCHIVE) and one.filename.endswith(_SUFFIXES)]
        for member in members:
            where = f"{origin}!{storable(member.filename)}"
            try:
                yield from _of_archive(archive, member, where, hashes.get(member.filename))
            except RejectedInputError as error:
                yield Rejected(where, None, error.reason, error.detail)
    if not members:
        raise RejectedInputError("empty", "there is no web archive under archive/ in it; export it again")


def _of_archive(archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: str, expected: str | None) -> Iterator[Received | Rejected]:
    with unpacked(archive, member) as file:
        with file.open("rb") as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
        if expected is not None and expected != found:
            raise RejectedInputError(
                "unreadable", "its bytes are not those that datapackage.json names (SHA-256): it was changed or damaged"
            )
        yield from warc_file.read(file, origin)


def _hashes(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return path -> SHA-256 as the collection states them; {} where it states none. Raises RejectedInputError (broken_json)."""
    try:
        member = archive.getinfo(_PACKAGE)
        if member.file_size > _MAX_PACKAGE_BYTES:
            raise RejectedInputError("archive_bomb", f"its {_PACKAGE} has more than {_MAX_PACKAGE_BYTES:,} bytes; do not trust it")
        check_member(member)
        resources = json.loads(archive.read(member))["resources"]
        stated = {str(one["path"]): str(one.get("hash", "")) for one in resources}
    except KeyError:
        return {}
    except (*BROKEN, OSError, TypeError, AttributeError, RecursionError) as error:
        raise RejectedInputError("broken_json", f"its {_PACKAGE} cannot be read ({error!s:.80}); export it again") from None
    return {path: digest.removeprefix("sha256:") for path, digest in stated.items() if digest.startswith("sha256:")}
