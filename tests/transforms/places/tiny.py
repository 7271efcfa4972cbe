"""A gazetteer of thirty entries, built once for the tests of places."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path

from transforms.places.build import write_index
from transforms.places.index import Gazetteer, open_index
from transforms.places.user_file import read_user_file

FIXTURES = Path(__file__).parents[2] / "fixtures"


@lru_cache(maxsize=1)
def tiny_index() -> Gazetteer:
    """Return the open index of `tests/fixtures/places_gazetteer.csv`."""
    target = Path(tempfile.mkdtemp()) / "tiny.sqlite"
    write_index(target, read_user_file(FIXTURES / "places_gazetteer.csv", {}))
    return open_index(target)
