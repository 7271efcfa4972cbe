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
other. And what was joined before is joined again without a question, as long as no report that is new, changed, gone or decided
on has come into either group; what has is asked anew, with all its pairs. Sums are whole numbers, so no order of adding changes
one: the groups are those of a grouping of everything.

Belongs here: pairs in, groups out. Keep out: probabilities (`linking.py`), ids and rows (`incidents.py`), what
is kept of the grouping before (`grouping_memory.py`).
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
from warehouse.linking import Pairs
from warehouse.linking_model import Model
from warehouse.told_apart import ToldApart

Reports = Mapping[int, Mapping[str, Any]]
_ONE = 2**53  # probability 1 as a whole number: halves and above are exact
_LOW = 26  # bits: whole numbers are added up in two halves, so that no sum of many overflows
_AT_ONCE = 20_000  # pairs


@dataclass(frozen=True, slots=True)
class Former:
    """The grouping before.

    stale: reports (ids) that it does not hold for. joined: the pairs (their places) at which it joined two groups.
    """

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
    stale = former.stale | decided.of_report().keys() if former else reports.keys()
    groups = _Groups(reports, pairs, model, decided.parted(), stale, former.joined if former else np.array([], dtype=np.int64))
    for left, right in decided.together():
        groups.join(groups.home[groups.place[left]], groups.home[groups.place[right]])
    joined = groups.run()
    ids = pairs.ids
    return Grouped(sorted(sorted(ids[place] for place in places) for places in groups.members.values()), joined)


class _Groups:
    """The groups so far. Reports go by their places in `pairs.ids`, and a group by that of one of its reports.

    Pairs are asked in order: those of two main reports as they lie, most probable first, then those with a report on the side. `turn`
    is a pair's place in this order, of likely pairs only: no other is asked. What two groups have between them is added up when they
    are asked, from the pairs of the smaller one: kept for all groups it would take more memory than the pairs."""

    def __init__(
        self,
        reports: Reports,
        pairs: Pairs,
        model: Model,
        parted: Iterable[tuple[int, int]],
        stale: Iterable[int],
        joined: NDArray[np.int64],
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
        self.stale = {self.place[report] for report in stale if report in self.place}  # groups that may not be as they were before
        self.edges: dict[int, tuple[int, NDArray[np.int32], NDArray[np.int32]]] = {}
        self.before = set(joined.tolist())  # places of pairs
        main = np.array([row["is_main"] for row in rows], dtype=np.bool_)
        self._begin(main, joined)

    def _begin(self, main: NDArray[np.bool_], joined: NDArray[np.int64]) -> None:
        """Put the likely pairs in order, and note which are to be asked: those of stale reports, and those that joined before."""
        likely = int(np.searchsorted(-self.pairs.probability, -self.model.link_from, side="right"))
        left, right = self.pairs.left[:likely], self.pairs.right[:likely]
        self.order = np.argsort(~(main[left] & main[right]), kind="stable").astype(np.int32)
        self.turn_of = np.empty(likely, dtype=np.int32)
        self.turn_of[self.order] = np.arange(likely, dtype=np.int32)
        is_stale = np.zeros(len(main), dtype=np.bool_)
        is_stale[list(self.stale)] = True
        asked = is_stale[left] | is_stale[right]
        asked[joined] = True
        self.asked = asked[self.order]
        self.turn, self.until = -1, 0  # of the pair that is asked; those before `until` are laid out
        self.later: list[int] = []  # turns before `until` of pairs to ask beside those laid out, a heap

    def run(self) -> list[int]:
        """Ask all pairs that are to be asked, in order, and return the places of those at which two groups were joined."""
        found = []
        for place, left, right in self._questions():
            one, other = self.home[left], self.home[right]
            if one == other:
                continue
            if other not in self.refused[one] and self.belong_together(one, other) and self.join(one, other):
                found.append(place)
            elif place in self.before:
                self._turn_stale(one)
                self._turn_stale(other)
        return found

    def _questions(self) -> Iterator[tuple[int, int, int]]:
        """The pairs to be asked, in order: place and the two reports. Those that are in one group already are left out."""
        for start in range(0, len(self.order), _AT_ONCE):
            self.until = start + _AT_ONCE
            turns = start + np.flatnonzero(self.asked[start : self.until])
            places = self.order[turns]
            left, right = self.pairs.left[places], self.pairs.right[places]
            open_ = self.homes[left] != self.homes[right]
            for turn, place, one, other in zip(*(column[open_].tolist() for column in (turns, places, left, right)), strict=True):
                yield from self._before(turn)
                self.turn = turn
                yield place, one, other
            yield from self._before(self.until)

    def _before(self, turn: int) -> Iterator[tuple[int, int, int]]:
        while self.later and self.later[0] < turn:
            self.turn = heappop(self.later)
            place = int(self.order[self.turn])
            yield place, int(self.pairs.left[place]), int(self.pairs.right[place])

    def _turn_stale(self, name: int) -> None:
        """Take a group for one that is not as it was before: its pairs with others are asked from here on."""
        if name in self.stale:
            return
        self.stale.add(name)
        _, places = self._edges(name)
        turns = self.turn_of[places[places < len(self.turn_of)]]
        turns = turns[~self.asked[turns]]
        self.asked[turns] = True
        for turn in turns[(turns > self.turn) & (turns < self.until)].tolist():
            heappush(self.later, turn)

    def belong_together(self, one: int, other: int) -> bool:
        """Whether two groups are to be joined: those of which nothing changed since they were, else by their probabilities."""
        if self.stale.isdisjoint((one, other)):
            return True
        if self._likely_enough(one, other):
            return True
        self.refused[one].add(other)
        self.refused[other].add(one)
        return False

    def _likely_enough(self, one: int, other: int) -> bool:
        if not self.versions[one].isdisjoint(self.versions[other]):
            return False
        places = self._between(one, other)
        mean = self._sum(places) / (len(self.members[one]) * len(self.members[other]) * _ONE)
        if not self.model.cluster_from <= mean < self.model.cluster_despite:
            return mean >= self.model.cluster_despite
        linked = places[places < len(self.turn_of)]
        return not self.told.apart(self.members[one], self.members[other], (self.pairs.left[linked], self.pairs.right[linked]))

    def _between(self, one: int, other: int) -> NDArray[np.int32]:
        """The places of the pairs between two groups."""
        if len(self.members[one]) > len(self.members[other]):
            one, other = other, one
        ends, places = self._edges(one)
        found: NDArray[np.int32] = places[self.homes[ends] == other]
        return found

    def _sum(self, places: NDArray[np.int32]) -> int:
        """The sum of the probabilities of pairs, as a whole number."""
        whole = (self.pairs.probability[places] * _ONE).astype(np.int64)
        return (int((whole >> _LOW).sum()) << _LOW) + int((whole & ((1 << _LOW) - 1)).sum())

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
        if not self.stale.isdisjoint((one, other)):
            self._turn_stale(one)
            self._turn_stale(other)
        if len(self.members[one]) < len(self.members[other]):
            one, other = other, one
        self._inherit(one, other)
        for report in self.members[other]:
            self.home[report] = one
        self.homes[self.members[other]] = one
        self.members[one] += self.members.pop(other)
        self.versions[one] |= self.versions.pop(other)
        self.stale.discard(other)
        return True

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


_NONE = np.empty(0, dtype=np.int32)
