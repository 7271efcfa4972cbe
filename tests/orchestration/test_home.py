from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from orchestration.home import own_streams


def test_what_is_said_after_an_error_reaches_the_terminal_though_a_step_had_taken_the_stream(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A full disk tears a run out of a step whose log file is on that disk: the one line that says so went there."""
    with suppress(OSError), own_streams(), (tmp_path / "step.log").open("wb") as log:
        os.dup2(log.fileno(), 2)
        raise OSError("disk full")
    os.write(2, b"make room")
    assert capfd.readouterr().err == "make room"
    assert (tmp_path / "step.log").read_bytes() == b""
