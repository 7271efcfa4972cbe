"""Groups of reports: which reports are one incident, from the probabilities of their pairs.

Groups grow from the most probable pair down: first among the reports of what articles are mainly about, then with what they
tell on the side. Else a side report, read from a sentence or two, could take the place of its article's main one in the
incident that the article is about. Two groups are joined when the mean probability over all pairs between
them is high enough. It has to be higher where two of the reports that are not linked themselves state days or name towns
clearly apart, so that no chain over a vague report joins two attacks. Two reports of one article version are never in
one group: it was split into them for a reason.

Whether two groups are joined rests on their reports and the pairs between them, on nothing else. So two groups that were refused
once need not be asked again for every further pair between them: what made it so (a mean too low, days or towns apart, two
reports of one article version) holds for all that they grow into, unless one of them takes in a group that was not refused by the
other. And of two groups that are now as they were in the grouping before, when it came to this pair, it is known whether they are
joined. Only of groups that have moved the pairs are asked: the groups are those of a grouping of everything.

Belongs here: pairs in, groups out. Keep out: probabilities (`linking.py`), ids and rows (`incidents.py`), what is kept of the grouping
before (`grouping_memory.py`), following it (`grouping_before.py`), and adding up (`grouping_sums.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse.corrections import Decisions
from warehouse.grouping_before import Before
from warehouse.grouping_sums import ONE, Sums, total, wholes
from warehouse.linking_model import Model
from warehouse.pairs import Pairs
from warehouse.told_apart import ToldApart

Reports = Mapping[int, Mapping[str, Any]]
_AT_ONCE = 5_000  # pairs


@dataclass(frozen=True, slots=True)
class Former:
    """The grouping before.

    fresh: reports (ids) that were not in it. stale: others that it does not hold for, of groups out of which a report is gone, or on
    which people decided. joined: the pairs (their places) at which it joined two groups.
    """

    fresh: frozenset[int]
    stale: frozenset[int]
    joined: NDArray[np.int64]


class Grouped(NamedTuple):
    """Groups of report ids, each sorted, in order of their smallest id; and the places of the pairs at which two were joined."""

    groups: list[list[int]]
    joined: list[int]


def group(reports: Reports, pairs: Pairs, model: Model, decisions: Decisions | None = None, former: Former | None = None) -> Grouped:
    """Return the groups of reports.

    reports: rows of `core/link_inputs.sql` by report_id. decisions: what people said; it goes before the pairs, and no pair
    undoes it. former: what is known of the grouping before; the groups are the same without.
    """
    decided = decisions or Decisions((), {})
    if former is None:
        former = Former(frozenset(), frozenset(reports), np.array([], dtype=np.int64))
    stale = former.stale | decided.of_report().keys()
    groups = _Groups(reports, pairs, model, decided.parted(), Former(former.fresh - stale, stale, former.joined))
    for left, right in decided.together():
        groups.join(groups.home[groups.place[left]], groups.home[groups.place[right]])
    joined = groups.run()
    ids = pairs.ids
    return Grouped(sorted(sorted(ids[place] for place in places) for places in groups.members.values()), joined)


class _Groups:
    """The groups so far. Reports go by their places in `pairs.ids`, and a group by that of one of its reports.

    Pairs are asked in order: those of two main reports as they lie, most probable first, then those with a report on the side; likely
    pairs only. What two groups have between them is kept for those that have moved, else added up when they are asked, from the pairs of
    the smaller one."""

    def __init__(
        self,
        reports: Reports,
        pairs: Pairs,
        model: Model,
        parted: Iterable[tuple[int, int]],
        former: Former,
    ) -> None:
        self.pairs, self.model = pairs, model
        self.place = {report: place for place, report in enumerate(pairs.ids)}
        rows = [reports[report] for report in pairs.ids]
        self.told = ToldApart(rows, model)
        self.members = {place: [place] for place in range(len(rows))}
        self.home = list(range(len(rows)))
        self.homes = np.arange(len(rows), dtype=np.int32)  # the same, for many at once
        self.versions = {place: {row["article_version_id"]} for place, row in enumerate(rows)}
        self.refused: dict[int, set[int]] = defaultdict(set)  # groups that are not joined, and need not be asked again as they are
        self.parted = tuple((self.place[one], self.place[other]) for one, other in parted if {one, other} <= self.place.keys())
        fresh, stale = ([self.place[report] for report in some if report in self.place] for some in (former.fresh, former.stale))
        self.before = Before(len(rows), fresh, stale)
        self.sums = Sums(pairs, self.homes)
        self.follows = len(stale) < len(rows)  # else all groups have moved
        self.edges: dict[int, tuple[int, NDArray[np.int32], NDArray[np.int32]]] = {}
        self.n_likely = pairs.n_from(model.link_from)
        self.joined_before = np.zeros(self.n_likely, dtype=np.bool_)  # by place of a pair
        self.joined_before[former.joined] = True
        main = np.array([row["is_main"] for row in rows], dtype=np.bool_)
        left, right = pairs.left[: self.n_likely], pairs.right[: self.n_likely]
        self.order = np.argsort(~(main[left] & main[right]), kind="stable").astype(np.int32)
        self.some = _Some(self.order[:0], pairs, self.homes, self.joined_before, self.before.moved)

    def run(self) -> list[int]:
        """Ask all pairs that are to be asked, in order, and return the places of those at which two groups were joined."""
        found = []
        self.before.turned.clear()
        for start in range(0, len(self.order), _AT_ONCE):
            self.some = _Some(self.order[start : start + _AT_ONCE], self.pairs, self.homes, self.joined_before, self.before.moved)
            for place, left, right, before in self.some:
                one, other = self.home[left], self.home[right]
                if before:
                    if self._again(one, other, left, right):
                        found.append(place)
                elif one != other and other not in self.refused[one] and self.join_if_likely(one, other):
                    found.append(place)
        return found

    def _again(self, one: int, other: int, left: int, right: int) -> bool:
        """Ask two groups at a pair at which two were joined before. Whether they are joined."""
        if not (one == other or self.before.moved[one] or self.before.moved[other]):
            self.before.merge_both(one, other)
            self._join(one, other)
            return True
        joins = one != other and other not in self.refused[one] and self.join_if_likely(one, other)
        self.before.merge_then(left, right, self.home)
        self._ask_of_moved()
        return joins

    def _ask_of_moved(self) -> None:
        for name in self.before.turned:
            if self.before.moved[name]:
                self.some.ask(name)
        self.before.turned.clear()

    def join_if_likely(self, one: int, other: int) -> bool:
        """Join two groups if they are to be joined by their probabilities. Whether it did."""
        if self._likely_enough(one, other):
            return self.join(one, other)
        self.refused[one].add(other)
        self.refused[other].add(one)
        return False

    def _likely_enough(self, one: int, other: int) -> bool:
        if not self.versions[one].isdisjoint(self.versions[other]):
            return False
        mean = self._sum(one, other) / (len(self.members[one]) * len(self.members[other]) * ONE)
        if not self.model.cluster_from <= mean < self.model.cluster_despite:
            return mean >= self.model.cluster_despite
        places = self._between(one, other)
        linked = places[places < self.n_likely]
        return not self.told.apart(self.members[one], self.members[other], (self.pairs.left[linked], self.pairs.right[linked]))

    def _sum(self, one: int, other: int) -> int:
        """The sum of the probabilities of all pairs between two groups, as a whole number."""
        found = self.sums.between(one, other)
        if found is None and self.follows:
            moved = one if self.before.moved[one] else other
            self.sums.keep(moved, self.members[moved])
            found = self.sums.between(one, other)
        return total(wholes(self.pairs, self._between(one, other))) if found is None else found

    def _between(self, one: int, other: int) -> NDArray[np.int32]:
        """The places of the pairs between two groups."""
        if len(self.members[one]) > len(self.members[other]):
            one, other = other, one
        ends, places = self._edges(one)
        found: NDArray[np.int32] = places[self.homes[ends] == other]
        return found

    def _edges(self, name: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Of each pair of a group's reports: the other report, and the place of the pair. Kept until the group grows."""
        members = self.members[name]
        known, ends, places = self.edges.get(name, (0, _NONE, _NONE))
        if known < len(members):
            more = [self.pairs.of(report) for report in members[known:]]
            ends, places = (np.concatenate([old, *new]) for old, new in zip((ends, places), zip(*more, strict=True), strict=True))
            self.edges[name] = len(members), ends, places
        return ends, places

    def join(self, one: int, other: int) -> bool:
        """Join two groups, unless they are one or a person said that two of their reports stand apart. Whether it did."""
        if one == other or any({self.home[first], self.home[second]} == {one, other} for first, second in self.parted):
            return False
        self.before.merge(*self._join(one, other))
        self._ask_of_moved()
        return True

    def _join(self, one: int, other: int) -> tuple[int, int]:
        """Join two groups, and return the name of the one and the former name of the other."""
        if len(self.members[one]) < len(self.members[other]):
            one, other = other, one
        self._inherit(one, other)
        for report in self.members[other]:
            self.home[report] = one
        self.sums.join(one, other, self.members[other])
        self.homes[self.members[other]] = one
        self.members[one] += self.members.pop(other)
        self.versions[one] |= self.versions.pop(other)
        return one, other

    def _inherit(self, one: int, other: int) -> None:
        """Keep of the groups that refuse `one` those that refuse `other`, which is to become part of it, or have no pair with it."""
        kept, gone = self.refused[one], self.refused.pop(other, set())
        if kept:
            ends, _ = self._edges(other)
            for neighbour in kept.intersection(self.homes[ends].tolist()) - gone:
                kept.discard(neighbour)
                self.refused[neighbour].discard(one)
        for neighbour in gone:
            self.refused[neighbour].discard(other)
        self.edges.pop(other, None)


class _Some:
    """Some likely pairs in order: asked are those of groups that have moved, and those at which groups were joined before. More are
    asked while groups move."""

    def __init__(
        self,
        places: NDArray[np.int32],
        pairs: Pairs,
        homes: NDArray[np.int32],
        joined_before: NDArray[np.bool_],
        moved: NDArray[np.bool_],
    ) -> None:
        self._homes, self._places = homes, places
        self._left, self._right = pairs.left[places], pairs.right[places]
        one, other = homes[self._left], homes[self._right]
        self._before = joined_before[places]
        self._asked = self._before | ((one != other) & (moved[one] | moved[other]))
        self._at = -1
        self._later: list[int] = []  # to ask beside those laid out, a heap

    def __iter__(self) -> Iterator[tuple[int, int, int, bool]]:
        """Yield the pairs to be asked: place, the two reports, and whether groups were joined there before."""
        laid_out = np.flatnonzero(self._asked)
        columns = (column[laid_out].tolist() for column in (self._places, self._left, self._right, self._before))
        for at, place, left, right, before in zip(laid_out.tolist(), *columns, strict=True):
            if self._later:
                yield from self._more(at)
            self._at = at
            yield place, left, right, before
        yield from self._more(len(self._asked))

    def _more(self, end: int) -> Iterator[tuple[int, int, int, bool]]:
        while self._later and self._later[0] < end:
            at = self._at = heappop(self._later)
            yield int(self._places[at]), int(self._left[at]), int(self._right[at]), False

    def ask(self, name: int) -> None:
        """Ask the pairs of a group with others as well, from here on."""
        first = self._at + 1
        one, other = self._homes[self._left[first:]], self._homes[self._right[first:]]
        more = first + np.flatnonzero(((one == name) != (other == name)) & ~self._asked[first:])
        self._asked[more] = True
        for at in more.tolist():
            heappush(self._later, at)


_NONE = np.empty(0, dtype=np.int32)
