"""Running a parser on made inputs, for a number of them or for some minutes.

Belongs here: the runs. Keep out: parsers, inputs, assertions.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Parser = tuple[Callable[..., None], tuple[st.SearchStrategy[Any], ...]]
Parsers = dict[str, Parser]


def fuzz(parser: Parser, examples: int) -> None:
    """Run one parser on that many made inputs."""
    function, strategies = parser

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*strategies))
    def run(values: tuple[Any, ...]) -> None:
        function(*values)

    run()


def for_long(parser: Parser) -> None:
    """Run one parser for ten minutes, or CASUALTIES_FUZZ_SECONDS."""
    until = time.monotonic() + float(os.environ.get("CASUALTIES_FUZZ_SECONDS", "600"))
    while time.monotonic() < until:
        fuzz(parser, 500)
