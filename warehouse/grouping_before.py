"""The grouping before, gone through again beside the new one: which groups are now as they were then, when it comes to a pair.

A group is as it was when it is a group of then, whole and nothing else. Of two such groups it is known whether they are joined at this
pair: as they were then. Others have moved: they hold a report that is new, or a part of a group of then, or two where then there were
still two. They may come back: when the two were joined then as well, a little later than now.

Belongs here: following the groups of then and what the new ones hold of them. Keep out: what is asked, and joined (`grouping.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np


class Before:
    """The groups of then, at the pair that is asked. Reports go by their places, groups by that of one of their reports.

    moved: by name of a group, whether it is none of the groups of then: it holds a fresh report, or is not as it was.
    turned: groups that have moved, or of which a part has, since somebody emptied the set.
    """

    def __init__(self, n_reports: int, fresh: Iterable[int], stale: Iterable[int]) -> None:
        """fresh: reports that were in no group then. stale: others of whose groups nothing is known: no group is as one of theirs."""
        self.moved = np.zeros(n_reports, dtype=np.bool_)
        self.turned: set[int] = set()
        self._above = list(range(n_reports))  # disjoint sets: the groups of then
        self._size = [1] * n_reports  # of each group of then
        self._lost_then, self._lost = bytearray(n_reports), bytearray(n_reports)  # groups of then, and of now, that hold a stale report
        self._fresh: set[int] = set()  # groups that hold fresh reports
        # Of groups that have moved and are not lost: how many reports of each group of then they hold, and the same the other way round.
        self._holds: dict[int, dict[int, int]] = {}
        self._held_by: dict[int, set[int]] = {}
        for place in fresh:
            self._fresh.add(place)
            self._holds[place] = {}
            self.moved[place] = True
        for place in stale:
            self._lost_then[place] = self._lost[place] = True
            self.moved[place] = True

    def merge(self, one: int, other: int) -> None:
        """Take note that two of the new groups are joined, under the name of the first."""
        if not (self.moved[one] and self.moved[other]):
            self.turned.add(one)
        if self._lost[one] or self._lost[other]:
            self._lose(one)
            self._lose(other)
            return
        for name in (one, other):
            self._spell(name)
        held = self._holds[one]
        for root, n in self._holds.pop(other).items():
            held[root] = held.get(root, 0) + n
            self._held_by[root].discard(other)
            self._held_by[root].add(one)
        if other in self._fresh:
            self._fresh.add(one)
        self._look_at(one)

    def merge_then(self, left: int, right: int, homes: Sequence[int]) -> None:
        """Take note that the groups of then to which two reports belong were joined. homes: the new group of each report."""
        root, gone = self._roots(left, right)
        for name in (homes[root], homes[gone]):
            self._spell(name)
        for name in self._held_by.pop(gone, ()):
            held = self._holds[name]
            held[root] = held.get(root, 0) + held.pop(gone)
            self._held_by.setdefault(root, set()).add(name)
        self._join_then(root, gone)
        for name in [*self._held_by.get(root, ())]:
            self._look_at(name)

    def merge_both(self, one: int, other: int) -> None:
        """Take note that two groups that have not moved are joined as they were then."""
        self._join_then(*self._roots(one, other))

    def _join_then(self, root: int, gone: int) -> None:
        self._above[gone] = root
        self._size[root] += self._size[gone]
        self._lost_then[root] |= self._lost_then[gone]

    def _roots(self, one: int, other: int) -> tuple[int, int]:
        """Return what the groups of then of two reports go by, the larger first."""
        roots = self._root(one), self._root(other)
        return roots if self._size[roots[0]] >= self._size[roots[1]] else roots[::-1]

    def _root(self, place: int) -> int:
        above = self._above
        while above[place] != place:
            above[place] = above[above[place]]
            place = above[place]
        return place

    def _spell(self, name: int) -> None:
        """Write down what a group that has not moved holds: one group of then."""
        if not self.moved[name] and name not in self._holds:
            root = self._root(name)
            self._holds[name], self._held_by[root] = {root: self._size[root]}, {name}

    def _lose(self, name: int) -> None:
        for root in self._holds.pop(name, ()):
            self._held_by[root].discard(name)
        self._lost[name] = self.moved[name] = True

    def _holds_one(self, name: int) -> bool:
        """Whether a group holds one group of then, whole."""
        held = self._holds[name]
        return len(held) == 1 and all(self._size[root] == n and not self._lost_then[root] for root, n in held.items())

    def _look_at(self, name: int) -> None:
        """Say anew whether a group has moved."""
        moved = name in self._fresh or not self._holds_one(name)
        if moved and not self.moved[name]:
            self.turned.add(name)
        self.moved[name] = moved
        if not moved:
            for root in self._holds.pop(name):
                del self._held_by[root]
