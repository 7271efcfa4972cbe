"""What all tests share: modules of integration tests are not even imported when only unit tests are asked for.

Importing DuckDB, Dagster and Great Expectations takes longer than all unit tests together.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.torture.table import Tried

_WHOLE_MODULE = ("\npytestmark = pytest.mark.integration", "\npytestmark = pytest.mark.quality", "\npytestmark = pytest.mark.torture")


# What an example takes by the clock says more of what else the machine does; tests/fuzz limits the CPU time of parsers.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out modules that are marked as a whole, when the marker expression asks for neither."""
    asked = config.getoption("markexpr") or ""
    if asked != "not integration and not quality" or collection_path.suffix != ".py":
        return None
    text = collection_path.read_text(encoding="utf-8")
    return True if any(mark in text for mark in _WHOLE_MODULE) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long forms of `make torture` unless they are asked for: each takes minutes, and has a short form."""
    if "torture" in (config.getoption("markexpr") or ""):
        return
    long_ones = [item for item in items if item.get_closest_marker("torture")]
    config.hook.pytest_deselected(items=long_ones)
    items[:] = [item for item in items if not item.get_closest_marker("torture")]


_TABLE = Tried()


@pytest.fixture
def tried() -> Tried:
    """What notes down what was tried; printed as a table at the end."""
    return _TABLE


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of what was tried and held."""
    if _TABLE.lines:
        terminalreporter.section("tried and held")
        for row in _TABLE.rows():
            terminalreporter.write_line(row)
