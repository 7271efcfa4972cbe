"""The table of the load test.

Belongs here: layout. Keep out: measuring (`load.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.load import BETWEEN, STAGES, START, Load, exponent


def lines(loads: Sequence[Load], daily: Load) -> Iterator[str]:
    """Yield the lines: seconds of each stage by size, articles a second, memory, exponent, the daily run."""
    runs = [*loads, daily]
    heads = [*(f"{load.articles:,}" for load in loads), f"+{daily.articles:,}"]
    yield f"{'articles':18}" + "".join(f"{head:>20}" for head in heads)
    yield f"{'':18}" + "".join(f"{'wall s':>10}{'CPU s':>10}" for _ in runs)
    for stage in (START, *STAGES, BETWEEN):
        yield f"{stage:18}" + "".join(f"{load.wall.get(stage, 0):10.1f}{load.cpu.get(stage, 0):10.1f}" for load in runs)
    yield f"{'reading processes':18}" + "".join(f"{'':10}{load.workers_cpu:10.1f}" for load in runs)
    yield f"{'all':18}" + "".join(f"{load.seconds:10.1f}{load.cpu_seconds:10.1f}" for load in runs)
    yield f"{'articles a second':18}" + "".join(
        f"{load.articles / load.seconds:10.1f}{load.articles / load.cpu_seconds:10.1f}" for load in runs
    )
    yield f"{'peak memory, MB':18}" + "".join(f"{load.peak_mb:10.0f}{load.workers_mb:10.0f}" for load in runs)
    yield "(memory: of the main process, of the largest reading process)"
    if len(loads) > 1:
        yield f"CPU time grows with the number of articles to the power of {exponent(loads):.2f}"
