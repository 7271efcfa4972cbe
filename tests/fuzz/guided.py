"""One parser in a process of its own, its inputs guided by what code they reach: `python -m tests.fuzz.guided NAME SECONDS`.

Needs atheris (`pip install -e '.[fuzz]'`, Linux and macOS). The inputs are those of the unguided runs.

Belongs here: that run. Keep out: parsers and inputs.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.fuzzing import within_limits

_MEGABYTES = 4_000


def main(name: str, seconds: int) -> None:
    """Run one parser for so long; ends the process, with another code than 0 where an input broke it."""
    atheris = importlib.import_module("atheris")  # not there everywhere
    with atheris.instrument_imports(include=["transforms", "orchestration.fetching", "warehouse"]):
        parser = importlib.import_module("tests.fuzz.test_parsers").PARSERS[name]

    @settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.tuples(*parser.made_of))
    def run(values: tuple[Any, ...]) -> None:
        try:
            within_limits(parser, values)
        except Exception:
            sys.stderr.write(f"{name} is broken by {values!r}\n")
            raise

    atheris.Setup(["guided", f"-max_total_time={seconds}", f"-rss_limit_mb={_MEGABYTES}"], run.hypothesis.fuzz_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
