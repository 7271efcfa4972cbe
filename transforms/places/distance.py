"""Distances on the globe.

Belongs here: the one formula. Keep out: everything else.
"""

from __future__ import annotations

import math

EARTH_DIAMETER_KM = 12742.0


def kilometres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return the great-circle distance between two (latitude, longitude) in degrees, in kilometres."""
    x1, y1, x2, y2 = (math.radians(value) for value in (*first, *second))
    half = math.sin((x2 - x1) / 2) ** 2 + math.cos(x1) * math.cos(x2) * math.sin((y2 - y1) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(math.sqrt(min(1.0, half)))
