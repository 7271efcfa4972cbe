"""The body that a source speaks for or is part of: a ministry's spokesman -> the ministry -> the state's government.

Belongs here: one step up, and the whole way. Keep out: whom a source sides with (`affiliations.py`).
"""

from __future__ import annotations

from transforms.sources.groups import armies
from transforms.sources.known import Source, government_of, named, states


def parent_of(source: Source) -> Source | None:
    """Return the body that a source speaks for or is part of: as the lexicon says, or by rule; None when it stands alone.

    A state's army is part of that state, save where rival authorities claim it.
    """
    if source.parent_name is not None:
        return named(source.parent_name)
    if source.country is not None and armies().get(source.country) == source.name:
        state = next((state for state in states() if state.country == source.country and not state.divided), None)
        return government_of(state) if state else None
    return None


def ancestors(source: Source) -> tuple[Source, ...]:
    """Return the bodies above a source, the nearest first."""
    found: list[Source] = []
    above = parent_of(source)
    while above is not None and above not in found:
        found.append(above)
        above = parent_of(above)
    return tuple(found)
