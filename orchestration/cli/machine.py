"""Trouble with the machine (a full disk, a folder that cannot be written) as one line of text with what to do.

Belongs here: telling such an error from a mistake in the program, through all its wrappings. Keep out: the project's own errors.
"""

from __future__ import annotations

import errno

_ADVICE = {
    errno.ENOSPC: "make room on the disk and give the command again: what had landed stays, it goes on from there",
    errno.EDQUOT: "your quota is used up: make room and give the command again, it goes on from there",
    errno.EROFS: "the disk is read-only: make it writable, or use another data folder (--data DIR)",
    errno.EACCES: "give yourself permission to write there, or use another data folder (--data DIR)",
    errno.EPERM: "give yourself permission to write there, or use another data folder (--data DIR)",
    errno.EIO: "the disk is full or has trouble: make room, or look at the system's log, then give the command again",
}
# What libraries say that hand on no error number: DuckDB, SQLite under Dagster's records.
_SAID = {
    "no space left": errno.ENOSPC,
    "disk is full": errno.ENOSPC,
    "disk quota": errno.EDQUOT,
    "read-only file system": errno.EROFS,
    "readonly database": errno.EACCES,
    "permission denied": errno.EACCES,
    "unable to open database file": errno.EACCES,
    "disk i/o error": errno.EIO,
    "input/output error": errno.EIO,
}


def trouble(error: BaseException) -> str | None:
    """Return what is wrong with the machine and what to do; None when the error, with all its causes, is about something else."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        first = next(iter(str(at).splitlines()), "")
        number = at.errno if isinstance(at, OSError) else None
        if number not in _ADVICE:
            number = next((found for words, found in _SAID.items() if words in str(at).lower()), None)
        if number is not None:
            return f"{first}; {_ADVICE[number]}"
        at = at.__cause__ or at.__context__
    return None
