from __future__ import annotations

import pytest

from tests.torture.table import Tried

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
