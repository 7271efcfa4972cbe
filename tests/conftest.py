"""What all tests share: modules of integration tests are not even imported when only unit tests are asked for.

Importing DuckDB, Dagster and Great Expectations takes longer than all unit tests together.
"""

from __future__ import annotations

from pathlib import Path

import pytest

_WHOLE_MODULE = ("\npytestmark = pytest.mark.integration", "\npytestmark = pytest.mark.quality")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out modules that are marked as a whole, when the marker expression asks for neither."""
    asked = config.getoption("markexpr") or ""
    if asked != "not integration and not quality" or collection_path.suffix != ".py":
        return None
    text = collection_path.read_text(encoding="utf-8")
    return True if any(mark in text for mark in _WHOLE_MODULE) else None
