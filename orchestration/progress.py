"""How far a run has come, told to whoever wants to know.

The command shows bars, Dagster's log gets a line at the end of each stage, tests look at the calls.

Belongs here: the shape of the callback and the quiet one. Keep out: rich, and anything that draws.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called often: `done` of `total` units of `stage` are done; total None = not known yet."""

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take note; must be cheap and must not raise."""


def quiet(stage: str, done: int, total: int | None) -> None:
    """Say nothing: the default where nobody watches (Dagster's UI, schedules, pipes)."""
