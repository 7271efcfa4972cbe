"""Groups of reports: which reports are one incident, from the probabilities of their pairs.

Groups grow from the most probable pair down: first among the reports of what articles are mainly about, then with what they
tell on the side. Else a side report, read from a sentence or two, could take the place of its article's main one in the
incident that the article is about. Two groups are joined when the mean probability over all pairs between
them is high enough. It has to be higher where two of the reports that are not linked themselves state days or name towns
clearly apart, so that no chain over a vague report joins two attacks. Two reports of one article version are never in
one group: it was split into them for a reason.

Belongs here: pairs in, groups out. Keep out: probabilities (`linking.py`), ids and rows (`incidents.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from warehouse import places
from warehouse.corrections import Decisions
from warehouse.linking import Pair
from warehouse.linking_model import Model

Reports = Mapping[int, Mapping[str, Any]]


def group(reports: Reports, pairs: Sequence[Pair], model: Model, decisions: Decisions | None = None) -> list[list[int]]:
    """Return the groups of report ids, each sorted, in order of their smallest id.

    reports: rows of `core/link_inputs.sql` by report_id. pairs: most probable first. decisions: what people said; it goes
    before the pairs, and no pair undoes it.
    """
    decided = decisions or Decisions((), {})
    groups = _Groups(reports, pairs, model, decided.parted())
    for left, right in decided.together():
        groups.join(left, right)
    likely = list(takewhile(lambda pair: pair.probability >= model.link_from, pairs))
    for pair in sorted(likely, key=lambda pair: not (reports[pair.left]["is_main"] and reports[pair.right]["is_main"])):
        if groups.belong_together(pair.left, pair.right):
            groups.join(pair.left, pair.right)
    return sorted(sorted(items) for items in groups.members.values())


class _Groups:
    """The groups so far, each named by one of its reports. What two groups have between them is kept as a sum: long lists
    of pairs are looked through only where the sum leaves it open."""

    def __init__(self, reports: Reports, pairs: Iterable[Pair], model: Model, parted: Iterable[tuple[int, int]]) -> None:
        self.reports, self.model = reports, model
        self.members = {report: [report] for report in reports}
        self.home = {report: report for report in reports}
        self.versions = {report: {row["article_version_id"]} for report, row in reports.items()}
        self.between: dict[int, dict[int, float]] = defaultdict(dict)
        self.linked: set[tuple[int, int]] = set()
        self.apart: set[tuple[int, int]] = set()  # groups, the smaller name first
        self.compared: dict[tuple[int, int], tuple[int, int]] = {}  # groups -> how many reports of each are known not to be apart
        self.parted = tuple(pair for pair in parted if pair[0] in reports and pair[1] in reports)
        for left, right, probability, _ in pairs:
            self.between[left][right] = self.between[right][left] = probability
            if probability >= model.link_from:
                self.linked.add((left, right))

    def belong_together(self, left: int, right: int) -> bool:
        """Whether the groups of two reports are to be joined, by their probabilities."""
        one, other = self.home[left], self.home[right]
        if one == other or not self.versions[one].isdisjoint(self.versions[other]):
            return False
        mean = self.between[one].get(other, 0.0) / (len(self.members[one]) * len(self.members[other]))
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
        if self._any_apart(left[n_left:], right) or self._any_apart(left[:n_left], right[n_right:]):
            self.apart.add((first, second))
            return True
        self.compared[first, second] = len(left), len(right)
        return False

    def _any_apart(self, some: Sequence[int], others: Sequence[int]) -> bool:
        return any(
            (min(left, right), max(left, right)) not in self.linked and _apart(self.reports[left], self.reports[right], self.model)
            for left in some
            for right in others
        )

    def join(self, left: int, right: int) -> None:
        """Join the groups of two reports, unless they are one or a person said that two of their reports stand apart."""
        one, other = self.home[left], self.home[right]
        if one == other or any({self.home[first], self.home[second]} == {one, other} for first, second in self.parted):
            return
        if len(self.between[one]) < len(self.between[other]):
            one, other = other, one
        for report in self.members[other]:
            self.home[report] = one
        self.members[one] += self.members.pop(other)
        self.versions[one] |= self.versions.pop(other)
        for neighbour, total in self.between.pop(other).items():
            near = self.between[neighbour]
            del near[other]
            if neighbour != one:
                self.between[one][neighbour] = near[one] = near.get(one, 0.0) + total


def _apart(left: Mapping[str, Any], right: Mapping[str, Any], model: Model) -> bool:
    """Whether two reports state days, or name towns, that are clearly apart."""
    if left["day_stated"] and right["day_stated"] and _days_apart(left, right) > model.most_days_apart:
        return True
    return bool(left["place_fine"] and right["place_fine"] and (places.kilometres(left, right) or 0.0) > model.most_km_apart)


def _days_apart(left: Mapping[str, Any], right: Mapping[str, Any]) -> int:
    if left["event_date_start"] is None or right["event_date_start"] is None:
        return 0
    ends = [row["event_date_end"] or row["event_date_start"] for row in (left, right)]
    gaps = (left["event_date_start"] - ends[1]).days, (right["event_date_start"] - ends[0]).days
    return max(0, int(max(gaps)))
