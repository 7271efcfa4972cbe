"""Running a parser on made inputs for some seconds, and watching what each input costs.

Belongs here: the runs and their limits. Keep out: parsers, inputs, assertions about what they give.
"""

from __future__ import annotations

import resource
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SECONDS_VARIABLE = "CASUALTIES_FUZZ_SECONDS"
_BATCH = 25
# Inputs are small: what takes so much for one of them would take a run's day, or its memory, for a large one.
_CPU_SECONDS, _HANGS_AFTER_SECONDS, _MEGABYTES = 10.0, 60, 700


@dataclass(frozen=True, slots=True)
class Parser:
    """A parser of outside input: what calls it and looks at what it gives; how its inputs are made; inputs that once broke it."""

    run: Callable[..., None]
    made_of: tuple[st.SearchStrategy[Any], ...]
    found: Sequence[tuple[Any, ...]] = ()


def fuzz(parser: Parser, seconds: float) -> int:
    """Run one parser on made inputs for so long, and on one batch at least; return on how many."""
    until, tried = time.monotonic() + seconds, 0

    @settings(max_examples=_BATCH, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*parser.made_of))
    def run(values: tuple[Any, ...]) -> None:
        nonlocal tried
        tried += 1
        within_limits(parser, values)

    while True:
        run()
        if time.monotonic() >= until:
            return tried


def within_limits(parser: Parser, values: Sequence[Any]) -> None:
    """Run one input, and fail where it takes more time or memory than any of its size should."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with _ending_after(_HANGS_AFTER_SECONDS):
        parser.run(*values)
    took = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert took < _CPU_SECONDS, f"one small input took {took:.1f} s"
    assert grown < _MEGABYTES, f"one small input took {grown:.0f} MB"


@contextmanager
def _ending_after(seconds: int) -> Iterator[None]:
    def end(number: int, frame: object) -> None:
        raise AssertionError(f"one small input took more than {seconds} s")

    former = signal.signal(signal.SIGALRM, end)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, former)
