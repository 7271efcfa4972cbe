"""Python's search for cycles of garbage, kept short while a step holds millions of objects.

Belongs here: `no_full_collections`. Keep out: what the steps do, and where they need it (`pipeline.py`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEVER = 2**31 - 1


@contextmanager
def no_full_collections() -> Iterator[None]:
    """Leave old objects alone while the block runs; cycles among young ones are still found and freed.

    Every time that objects have grown by a quarter Python looks through all of them, also through what the block only just
    made and goes on to need: a tenth of the CPU of linking 100,000 articles, a quarter of checking their tables. What is
    dropped is freed at once all the same, unless it is old and in a cycle: such garbage stays until the block has ended.
    """
    before = gc.get_threshold()
    gc.set_threshold(*before[:2], _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
