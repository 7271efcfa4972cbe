"""The floors: what the reader has reached on each set, pinned in `floors.toml`. A floor is only ever raised.

A floor holds for the data it was measured on, so each set carries the hash of its file. When a corpus changes on purpose, its floors
are measured anew with `raise_floors --reset SET --why …`, and the reason stays in the file.

Belongs here: reading, comparing and writing the floors. Keep out: measuring (`runner.py`).
"""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

FILE = Path(__file__).parent / "floors.toml"
# A floor lies this much under what was measured: the same reader must not fail by the last digit.
SLACK = 0.005
_HEADER = """\
# What the reader has reached, less 0.005. Written by `python -m tests.quality.raise_floors`, which only ever raises a floor.
# sha256: the data the floors were measured on. changed: when and why floors of a set were measured anew on changed data.
"""


@dataclass(frozen=True, slots=True)
class SetFloors:
    """The floors of one set by measure, the hash of the data they hold for, and the history of that data."""

    sha256: str
    floors: dict[str, float]
    changed: tuple[str, ...] = field(default=())


def read_floors(path: Path = FILE) -> dict[str, SetFloors]:
    """Return the floors by set."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: SetFloors(t["sha256"], t["floors"], tuple(t.get("changed", ()))) for name, t in tables.items()}


def write_floors(floors: dict[str, SetFloors], path: Path = FILE) -> None:
    """Write the floors, sets and measures in a fixed order."""
    parts = [_HEADER]
    for name, item in floors.items():
        parts.append(f"\n[{name}]\nsha256 = {json.dumps(item.sha256)}\n")
        if item.changed:
            parts.append(f"changed = {json.dumps(list(item.changed), ensure_ascii=False)}\n")
        parts.append(f"\n[{name}.floors]\n")
        parts += [f"{json.dumps(measure)} = {value:.4f}\n" for measure, value in item.floors.items()]
    path.write_text("".join(parts), encoding="utf-8")


def broken(name: str, pinned: SetFloors, sha256: str, measured: dict[str, float]) -> list[str]:
    """Return what is wrong, in words: changed data, a measure that is gone, a score below its floor. Empty when all hold."""
    if sha256 != pinned.sha256:
        return [
            f"{name}: the data has changed (sha256 {sha256[:12]}…, the floors are for {pinned.sha256[:12]}…), so the floors say nothing. "
            f"If that is meant: python -m tests.quality.raise_floors --reset {name} --why '…'"
        ]
    wrong = []
    for measure, floor in pinned.floors.items():
        value = measured.get(measure)
        if value is None:
            wrong.append(f"{name}: {measure} is not measured any more")
        elif value < floor:
            wrong.append(f"{name}: {measure} is {value:.4f}, below its floor {floor:.4f}")
    return wrong


def floor_of(value: float) -> float:
    """Return the floor for a measured share: SLACK below, cut (not rounded) to four digits."""
    return max(0.0, math.floor((value - SLACK) * 10_000 + 1e-6) / 10_000)


def raised(pinned: SetFloors, measured: dict[str, float]) -> SetFloors:
    """Return the floors raised to what was measured; none is lowered, and none is dropped."""
    merged = dict(pinned.floors)
    for measure, value in measured.items():
        floor = max(merged.get(measure, 0.0), floor_of(value))
        if floor > 0:  # a scorer gives 0 for what a set has no labels of
            merged[measure] = floor
    return replace(pinned, floors=merged)
