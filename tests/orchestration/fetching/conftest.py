"""A real server on loopback, and what was fetched from it before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.fetching.memory import Memory
from tests.orchestration.fetching.web import Web, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    kept = Memory(tmp_path / "fetched.sqlite")
    yield kept
    kept.close()
