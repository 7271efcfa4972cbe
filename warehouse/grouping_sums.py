"""What groups have between them: the sums of the probabilities of all their pairs, as whole numbers, so that no order of adding
changes one.

Of some groups the sums with all others are kept, and follow what is joined: then a question about two groups costs no look at their
pairs. Kept for all groups they would take more memory than the pairs.

Belongs here: adding up. Keep out: what follows from a sum (`grouping.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from warehouse.pairs import Pairs

ONE = 2**53  # probability 1 as a whole number: halves and above are exact
_LOW = 26  # bits: whole numbers are added up in two halves, so that no sum of many overflows
_FEW = 3_000  # pairs: fewer are quicker added up one by one
MOST = 1_000  # groups of which sums are kept: each has sums with hundreds of others


class Sums:
    """The sums of some groups with all others. Groups go by the names that they have in `homes`."""

    def __init__(self, pairs: Pairs, homes: NDArray[np.int32]) -> None:
        """homes: the group of each report (by its place), kept up to date by whoever joins them."""
        self._pairs, self._homes = pairs, homes
        self._of: dict[int, dict[int, int]] = {}
        self._known_to: dict[int, set[int]] = {}  # of each group those that keep their sum with it

    def between(self, one: int, other: int) -> int | None:
        """Return the sum between two groups; None where neither keeps its sums."""
        if one in self._of:
            return self._of[one].get(other, 0)
        return self._of[other].get(one, 0) if other in self._of else None

    def keep(self, name: int, members: Sequence[int]) -> None:
        """Keep the sums of a group from now on, unless they are kept of very many. members: its reports."""
        if name not in self._of and len(self._of) < MOST:
            self._of[name] = {}
            self._add(name, self._with_all(members))

    def join(self, one: int, other: int, members: Sequence[int]) -> None:
        """Take note that a group becomes part of another: to be called before `homes` says so. members: the reports of the other."""
        theirs = self._of.pop(other, None)
        for name in theirs or ():
            self._known_to[name].discard(other)
        if one in self._of:
            self._add(one, self._with_all(members) if theirs is None else theirs)
        for name in self._known_to.pop(other, ()):
            kept = self._of[name]
            found = kept.pop(other)
            if one in kept:
                kept[one] += found
            elif name != one:
                kept[one] = found
                self._known_to.setdefault(one, set()).add(name)

    def _add(self, name: int, sums: dict[int, int]) -> None:
        kept = self._of[name]
        for other, found in sums.items():
            if other in kept:
                kept[other] += found
            elif other != name:
                kept[other] = found
                self._known_to.setdefault(other, set()).add(name)

    def _with_all(self, members: Sequence[int]) -> dict[int, int]:
        """Return the sums of some reports with every group with which they have a pair."""
        ends, places = (np.concatenate(columns) for columns in zip(*(self._pairs.of(report) for report in members), strict=True))
        homes, whole = self._homes[ends], wholes(self._pairs, places)
        if len(homes) < _FEW:
            found: dict[int, int] = {}
            for home, value in zip(homes.tolist(), whole.tolist(), strict=True):
                found[home] = found.get(home, 0) + value
            return found
        high, low = (np.bincount(homes, half) for half in (whole >> _LOW, whole & ((1 << _LOW) - 1)))  # exact: none comes near 2**53
        others = np.flatnonzero(np.bincount(homes))
        sums = zip(others.tolist(), high[others].tolist(), low[others].tolist(), strict=True)
        return {other: (int(above) << _LOW) + int(below) for other, above, below in sums}


def wholes(pairs: Pairs, places: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the probabilities of pairs as whole numbers."""
    return (pairs.probabilities(places) * ONE).astype(np.int64)


def total(whole: NDArray[np.int64]) -> int:
    """Return the sum of whole numbers."""
    return (int((whole >> _LOW).sum()) << _LOW) + int((whole & ((1 << _LOW) - 1)).sum())
