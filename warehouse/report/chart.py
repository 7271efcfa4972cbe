"""Where an origin's numbers lie on the scale of its cell: bars for a small picture beside each number.

Belongs here: positions. Keep out: drawing (the templates).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, MARGIN = 200.0, 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One origin's interval in picture units: from `left` to `right`; open ends run to the edge of the picture.

    `is_point`: one number. `shown`: false when there is no number to draw.
    """

    left: float
    right: float
    open_left: bool
    open_right: bool
    is_point: bool
    shown: bool


def bars(intervals: Sequence[tuple[int | None, int | None]]) -> list[Bar]:
    """Return a bar for each interval (lowest, highest; None = open), all on one scale from 0 to somewhat above the highest."""
    known = [value for interval in intervals for value in interval if value is not None]
    top = max(known, default=0) * 1.15 or 1.0
    return [_bar(low, high, top) for low, high in intervals]


def _bar(low: int | None, high: int | None, top: float) -> Bar:
    if low is None and high is None:
        return Bar(0, 0, False, False, False, False)
    left = MARGIN if low is None else _position(low, top)
    right = WIDTH - MARGIN if high is None else _position(high, top)
    return Bar(round(left, 1), round(right, 1), low is None, high is None, low == high, True)


def _position(value: int, top: float) -> float:
    return MARGIN + value / top * (WIDTH - 2 * MARGIN)
