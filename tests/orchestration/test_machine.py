from __future__ import annotations

import errno
import sqlite3

import pytest

from orchestration.cli.machine import trouble


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "make room"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), "permission"),
        (OSError(errno.EROFS, "Read-only file system"), "read-only"),
        (sqlite3.OperationalError("database or disk is full"), "make room"),
        (RuntimeError('IO Error: Could not write file "x": No space left on device\n\nStack trace:'), "make room"),
    ],
)
def test_trouble_with_the_machine_is_told_with_what_to_do(error: Exception, advice: str) -> None:
    told = trouble(error)
    assert told is not None and advice in told and "\n" not in told
    wrapped = ValueError("a step failed")
    wrapped.__cause__ = error
    assert trouble(wrapped) == told


def test_a_mistake_in_the_program_is_not_taken_for_it() -> None:
    error = ValueError("no such column")
    error.__context__ = error
    assert trouble(error) is None
    assert trouble(FileNotFoundError(errno.ENOENT, "No such file or directory")) is None
