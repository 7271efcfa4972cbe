"""Groups of reports: which reports are one incident, from the probabilities of their pairs.

Groups grow from the most probable pair down: first among the reports of what articles are mainly about, then with what they
tell on the side. Else a side report, read from a sentence or two, could take the place of its article's main one in the
incident that the article is about. Two groups are joined when the mean probability over all pairs between
them is high enough. It has to be higher where two of the reports that are not linked themselves state days or name towns
clearly apart, so that no chain over a vague report joins two attacks. Two reports of one article version are never in
one group: it was split into them for a reason.

Whether two groups are joined rests on their reports and the pairs between them, on nothing else. So what was joined before is
joined again without a question, as long as no report that is new, changed, gone or decided on has come into either group;
what has is asked anew, with all its pairs. Sums are whole numbers, so no order of adding changes one: the groups are those of a
grouping of everything.

Belongs here: pairs in, groups out. Keep out: probabilities (`linking.py`), ids and rows (`incidents.py`), what
is kept of the grouping before (`grouping_memory.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from warehouse import places
from warehouse.corrections import Decisions
from warehouse.linking import Pairs
from warehouse.linking_model import Model
from warehouse.open_days import days_between, is_open, year_days

Reports = Mapping[int, Mapping[str, Any]]
_ONE = 2**53  # probability 1 as a whole number: halves and above are exact
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
        groups.join(left, right)
    joined = groups.run()
    return Grouped(sorted(sorted(items) for items in groups.members.values()), joined)


class _Groups:
    """The groups so far, each named by one of its reports. What two groups have between them is kept as a sum, of those of
    which one at least is stale; long lists of pairs are looked through only where the sum leaves it open.

    Pairs are asked in the order of their numbers: place in the list, and beyond its end those of reports on the side."""

    def __init__(
        self,
        reports: Reports,
        pairs: Pairs,
        model: Model,
        parted: Iterable[tuple[int, int]],
        stale: Iterable[int],
        joined: NDArray[np.int64],
    ) -> None:
        self.reports, self.model, self.pairs = reports, model, pairs
        self.members = {report: [report] for report in reports}
        self.home = {report: report for report in reports}
        self.versions = {report: {row["article_version_id"]} for report, row in reports.items()}
        self.between: dict[int, dict[int, int]] = defaultdict(dict)
        self.apart: set[tuple[int, int]] = set()  # groups, the smaller name first
        self.compared: dict[tuple[int, int], tuple[int, int]] = {}  # groups -> how many reports of each are known not to be apart
        self.parted = tuple(pair for pair in parted if pair[0] in reports and pair[1] in reports)
        self.stale = set(stale) & reports.keys()  # groups that may not be as they were before
        self.at = -1  # the number of the pair that is asked
        self.later: list[int] = []  # numbers of pairs to ask beside those that were known at the beginning, a heap
        self.before = set(joined.tolist())  # places
        self.likely = int(np.searchsorted(-pairs.probability, -model.link_from, side="right"))
        self.main = np.array([reports[report]["is_main"] for report in pairs.ids], dtype=np.bool_)
        self._begin(joined)

    def _begin(self, joined: NDArray[np.int64]) -> None:
        """Take the pairs of stale reports, and note which pairs are to be asked."""
        is_stale = np.array([report in self.stale for report in self.pairs.ids], dtype=np.bool_)
        touched = is_stale[self.pairs.left] | is_stale[self.pairs.right]
        for start in range(0, len(touched), _AT_ONCE):
            self._take(start + np.flatnonzero(touched[start : start + _AT_ONCE]))
        asked = touched[: self.likely].copy()
        asked[joined] = True
        self.asked = np.sort(self._numbers(np.flatnonzero(asked)))

    def _numbers(self, which: NDArray[np.int64]) -> NDArray[np.int64]:
        aside = ~(self.main[self.pairs.left[which]] & self.main[self.pairs.right[which]])
        return which + aside * len(self.pairs)

    def _take(self, which: NDArray[np.int64]) -> None:
        """Add these pairs to the sums."""
        for _, left, right, probability in self._told(which):
            one, other = self.home[left], self.home[right]
            if one != other:
                self.between[one][other] = self.between[other][one] = self.between[one].get(other, 0) + probability

    def _told(self, which: NDArray[np.int64]) -> Iterator[tuple[int, int, int, int]]:
        """The pairs at these places: place, the two reports, probability as a whole number."""
        ids = self.pairs.ids
        whole = (self.pairs.probability[which] * _ONE).astype(np.int64)
        columns = (column.tolist() for column in (which, self.pairs.left[which], self.pairs.right[which], whole))
        for place, left, right, probability in zip(*columns, strict=True):
            yield place, ids[left], ids[right], probability

    def run(self) -> list[int]:
        """Ask all pairs that are to be asked, in order, and return the places of those at which two groups were joined."""
        found = []
        for place, left, right in self._questions():
            one, other = self.home[left], self.home[right]
            if one == other:
                continue
            if self.stale.isdisjoint((one, other)) or self.belong_together(left, right):
                if self.join(left, right):
                    found.append(place)
            elif place in self.before:
                self._turn_stale(one)
                self._turn_stale(other)
        return found

    def _questions(self) -> Iterator[tuple[int, int, int]]:
        """The pairs to be asked, in order: place and the two reports. Those that are in one group already are left out."""
        ids = self.pairs.ids
        for start in range(0, len(self.asked), _AT_ONCE):
            numbers = self.asked[start : start + _AT_ONCE]
            places_ = numbers % len(self.pairs)
            homes = np.array([self.home[report] for report in ids], dtype=np.uint64)
            left, right = self.pairs.left[places_], self.pairs.right[places_]
            open_ = homes[left] != homes[right]
            for number, place, one, other in zip(*(column[open_].tolist() for column in (numbers, places_, left, right)), strict=True):
                yield from self._earlier(number)
                self.at = number
                yield place, ids[one], ids[other]
        yield from self._earlier(2 * len(self.pairs))

    def _earlier(self, number: int) -> Iterator[tuple[int, int, int]]:
        while self.later and self.later[0] < number:
            self.at = heappop(self.later)
            place = self.at % len(self.pairs)
            yield place, self.pairs.ids[self.pairs.left[place]], self.pairs.ids[self.pairs.right[place]]

    def _turn_stale(self, name: int) -> None:
        """Take a group for one that is not as it was before: its pairs with others are summed, and asked from here on."""
        if name in self.stale:
            return
        which = self.pairs.of(self.members[name])
        # pairs with stale groups are summed and asked already
        new = [
            item[0]
            for item in self._told(which)
            if self.stale.isdisjoint(homes := (self.home[item[1]], self.home[item[2]])) and homes[0] != homes[1]
        ]
        self.stale.add(name)
        taken = np.array(new, dtype=np.int64)
        self._take(taken)
        for number, place in zip(self._numbers(taken).tolist(), new, strict=True):
            if place < self.likely and place not in self.before and number > self.at:
                heappush(self.later, number)

    def belong_together(self, left: int, right: int) -> bool:
        """Whether the groups of two reports are to be joined, by their probabilities."""
        one, other = self.home[left], self.home[right]
        if one == other or not self.versions[one].isdisjoint(self.versions[other]):
            return False
        mean = self.between[one].get(other, 0) / (len(self.members[one]) * len(self.members[other]) * _ONE)
        enough, despite = self.model.cluster_from, self.model.cluster_despite
        return mean >= (despite if min(enough, despite) <= mean < max(enough, despite) and self._told_apart(one, other) else enough)

    def _told_apart(self, one: int, other: int) -> bool:
        """Whether two reports of two groups that are not linked themselves are clearly apart.

        Groups only grow, at their end: once two are apart they stay so, and who was held against whom need not be again.
        """
        first, second = sorted((one, other))
        if (first, second) in self.apart:
            return True
        left, right = self.members[first], self.members[second]
        n_left, n_right = self.compared.get((first, second), (0, 0))
        linked = self._linked(left, right)
        if self._any_apart(left[n_left:], right, linked) or self._any_apart(left[:n_left], right[n_right:], linked):
            self.apart.add((first, second))
            return True
        self.compared[first, second] = len(left), len(right)
        return False

    def _linked(self, some: Sequence[int], others: Sequence[int]) -> set[tuple[int, int]]:
        """The pairs of reports of two groups, the smaller id first, that are linked themselves. Looked for when they are asked for:
        kept for all groups they would take more memory than the pairs."""
        side = np.zeros(len(self.pairs.ids), dtype=np.int8)
        for number, members in enumerate((some, others), 1):
            side[[bisect_left(self.pairs.ids, report) for report in members]] = number
        which = self.pairs.of(min(some, others, key=len))
        which = which[which < self.likely]
        which = which[side[self.pairs.left[which]] + side[self.pairs.right[which]] == 3]
        return {(left, right) for _, left, right, _ in self._told(which)}

    def _any_apart(self, some: Sequence[int], others: Sequence[int], linked: Collection[tuple[int, int]]) -> bool:
        return any(
            (min(left, right), max(left, right)) not in linked and _apart(self.reports[left], self.reports[right], self.model)
            for left in some
            for right in others
        )

    def join(self, left: int, right: int) -> bool:
        """Join the groups of two reports, unless they are one or a person said that two of their reports stand apart. Whether it did."""
        one, other = self.home[left], self.home[right]
        if one == other or any({self.home[first], self.home[second]} == {one, other} for first, second in self.parted):
            return False
        if not self.stale.isdisjoint((one, other)):
            self._turn_stale(one)
            self._turn_stale(other)
        if len(self.between[one]) < len(self.between[other]):
            one, other = other, one
        for report in self.members[other]:
            self.home[report] = one
        self.members[one] += self.members.pop(other)
        self.versions[one] |= self.versions.pop(other)
        self.stale.discard(other)
        for neighbour, total in self.between.pop(other).items():
            near = self.between[neighbour]
            del near[other]
            if neighbour != one:
                self.between[one][neighbour] = near[one] = near.get(one, 0) + total
        return True


def _apart(left: Mapping[str, Any], right: Mapping[str, Any], model: Model) -> bool:
    """Whether two reports state days, or name towns, that are clearly apart."""
    if all(row["day_stated"] or is_open(row) for row in (left, right)) and _days_apart(left, right) > model.most_days_apart:
        return True
    return bool(left["place_fine"] and right["place_fine"] and (places.kilometres(left, right) or 0.0) > model.most_km_apart)


def _days_apart(left: Mapping[str, Any], right: Mapping[str, Any]) -> int:
    if left["event_date_start"] is None or right["event_date_start"] is None:
        return days_between(year_days(left), year_days(right)) or 0
    ends = [row["event_date_end"] or row["event_date_start"] for row in (left, right)]
    gaps = (left["event_date_start"] - ends[1]).days, (right["event_date_start"] - ends[0]).days
    return max(0, int(max(gaps)))
