"""What the search for stories worked out before: a file beside the working file, safe to delete at any time.

It holds hashes of the words of all texts, no text; a redaction removes it. A file that is damaged, of other code or of another
numpy is no use and begun anew: the stories are the same without it.

Belongs here: keeping and finding. Keep out: working out (`stories.py`, `shingles.py`).
"""

from __future__ import annotations

import hashlib
import logging
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import duckdb
import numpy as np

from warehouse.shingles import BANDS, ROWS
from warehouse.stories import Known

logger = logging.getLogger(__name__)
_CODE = ("shingles.py", "stories.py", "story_memory.py", "sql/core/text_marks.sql", "sql/core/text_bodies.sql")
_DAMAGED = (BadZipFile, OSError, EOFError, KeyError, ValueError, MemoryError)


def recall(file: Path | None) -> Known:
    """Return what is remembered; nothing without a file, or when it is of no use."""
    if file is None or not file.exists():
        return Known()
    try:
        with np.load(file, allow_pickle=False) as arrays:
            return _known({name: arrays[name] for name in arrays.files}) if arrays["maker"].tobytes() == _maker() else Known()
    except _DAMAGED as error:
        logger.warning("what was worked out of the texts before cannot be read (%s) and is begun anew", type(error).__name__)
        return Known()


def keep(known: Known, file: Path | None) -> None:
    """Remember what is known: the whole of it, in one rename."""
    if file is None:
        return
    making = file.with_name(file.name + ".tmp")
    with making.open("wb") as out:
        np.savez(out, maker=np.frombuffer(_maker(), dtype=np.uint8), **_arrays(known))
    making.chmod(0o600)  # hashes of words tell a text to who has it already
    making.replace(file)


def _arrays(known: Known) -> dict[str, Any]:
    contents = list(known.sets)
    return {
        "texts": np.array([(version, *marks) for version, marks in known.texts.items()], dtype=np.uint64).reshape(-1, 3),
        "contents": np.array(contents, dtype=np.uint64),
        "sizes": np.array([len(items) for items in known.sets.values()], dtype=np.int64),
        "shingles": np.concatenate([np.empty(0, dtype=np.uint32), *known.sets.values()]),
        "sketches": np.array([known.sketches[item] for item in contents], dtype=np.uint32).reshape(-1, BANDS * ROWS),
        "pairs": np.array(known.pairs, dtype=np.uint64).reshape(-1, 3),
    }


def _known(arrays: dict[str, Any]) -> Known:
    """Return what the arrays tell. Raises ValueError when they do not go together."""
    contents, ends = arrays["contents"].tolist(), np.cumsum(arrays["sizes"]).tolist()
    if ends and ends[-1] != len(arrays["shingles"]):
        raise ValueError("shingles are missing")
    sets = (arrays["shingles"][start:end] for start, end in pairwise([0, *ends]))
    return Known(
        {version: (mark, item) for version, mark, item in arrays["texts"].tolist()},
        dict(zip(contents, sets, strict=True)),
        dict(zip(contents, arrays["sketches"], strict=True)),
        [(left, right, shared) for left, right, shared in arrays["pairs"].tolist()],
    )


def _maker() -> bytes:
    """Return a hash over the code and the libraries: what was worked out by others is worth nothing."""
    here = Path(__file__).parent
    digest = hashlib.blake2b(repr([duckdb.__version__, np.__version__]).encode(), digest_size=32)
    for name in _CODE:
        digest.update((here / name).read_bytes())
    return digest.digest()
