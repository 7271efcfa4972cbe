"""Progress bars on a terminal, silence elsewhere.

Belongs here: drawing what `orchestration/progress.py` hears. Keep out: measuring progress.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.progress import Progress, quiet


@contextmanager
def bars() -> Iterator[Progress]:
    """Yield a callback that draws a bar for each stage on standard error; the quiet one when that is no terminal."""
    if not sys.stderr.isatty():
        yield quiet
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    # A handle of our own: Dagster sends the standard ones to its log files while a step runs.
    terminal = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding="utf-8")
    columns = (SpinnerColumn(), TextColumn("{task.description:<12}"), BarColumn(bar_width=32), MofNCompleteColumn(), TimeElapsedColumn())
    with terminal, Bars(*columns, console=Console(file=terminal), transient=True) as drawn:
        tasks: dict[str, TaskID] = {}

        def note(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = drawn.add_task(stage, total=total)
            drawn.update(tasks[stage], completed=done, total=total)

        yield note
