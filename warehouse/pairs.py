"""Pairs of reports that may be one incident, in arrays: there are hundreds for each report.

Belongs here: keeping them, in order, and looking at some. Keep out: where they come from (`linking.py`, `linking_memory.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix

from warehouse.linking_model import Reason, basis

_AT_ONCE = 10_000  # pairs
_MANY_AT_ONCE = 1_000_000
_MOST = 2**63


class Pair(NamedTuple):
    """Two reports (left < right), the probability that they tell of one incident, and what that rests on."""

    left: int
    right: int
    probability: float
    reasons: tuple[Reason, ...] = ()

    @property
    def basis(self) -> str:
        """What speaks for the pair, then what speaks against it, in words."""
        return basis(self.reasons)


class Shown(NamedTuple):
    """What all comparisons of a pair show together: the probability that follows from it, and what it says."""

    probability: float
    reasons: tuple[Reason, ...]


class Columns(NamedTuple):
    """Of each pair: its two reports, as places among all, the smaller first, and what its comparisons show, as a number."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    levels: NDArray[np.uint16] | NDArray[np.int32]


class Pairs(Sequence[Pair]):
    """Pairs, most probable first, kept in arrays and made when they are looked at: there are hundreds of thousands of them.

    ids: reports, ascending, one object for each, however many pairs name it. marks: their fingerprints. left, right: the two of
    each pair, as places in `ids`. levels: of each pair, what its comparisons show, as a place in `shown`: a few thousand ways, and on
    that alone rests its probability.
    """

    def __init__(self, ids: Sequence[int], marks: Sequence[int], shown: Sequence[Shown], columns: Columns) -> None:
        """columns: as `in_order` gives them."""
        self.ids, self.marks, self.shown = ids, marks, shown
        self.left, self.right, self.levels = columns
        self._worth = np.array([item.probability for item in shown], dtype=np.float64)
        self._by_report: tuple[csr_matrix, ...] = ()  # with the pairs by their left report, and by their right one

    def of(self, place: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return of each pair that a report is in the place of the other report, and the pair's own. place: the report's in `ids`."""
        if not self._by_report:
            self._by_report = tuple(_by_report(*sides, len(self.ids)) for sides in ((self.left, self.right), (self.right, self.left)))
        found = []
        for table in self._by_report:
            mine = slice(*table.indptr[place : place + 2].tolist())
            found.append((table.indices[mine], table.data[mine]))
        (ends, pairs), (others, more) = found
        return np.concatenate([ends, others]), np.concatenate([pairs, more])

    def place_of(self, left: int, right: int) -> int | None:
        """Return the place of the pair of two reports (places in `ids`), None when they are none."""
        ends, pairs = self.of(left)
        found = pairs[ends == right]
        return int(found[0]) if len(found) else None

    def probabilities(self, places: NDArray[np.int32] | NDArray[np.int64] | slice) -> NDArray[np.float64]:
        """Return the probabilities of the pairs of these places."""
        found: NDArray[np.float64] = self._worth[self.levels[places]]
        return found

    def n_from(self, probability: float) -> int:
        """Return how many pairs are as probable as that or more: they come first."""
        return bisect_right(range(len(self)), -probability, key=lambda place: -self._worth[self.levels[place]])

    def within(self, group_of: Mapping[int, int]) -> Pairs:
        """Return the pairs of which both reports are of one group. group_of: a group's number for each report."""
        _, groups = np.unique(np.array([group_of[report] for report in self.ids], dtype=np.uint64), return_inverse=True)
        groups = groups.astype(np.int32)  # half of the memory for each pair
        kept = groups[self.left] == groups[self.right]
        return Pairs(self.ids, self.marks, self.shown, Columns(self.left[kept], self.right[kept], self.levels[kept]))

    def first_of_each(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the reports that are in any pair (places in `ids`), and the place of the most probable pair of each."""
        backwards = np.arange(len(self) - 1, -1, -1)
        first = np.full(len(self.ids), len(self))
        for column in (self.left, self.right):
            found = np.full(len(self.ids), len(self))
            found[column[backwards]] = backwards  # of several the last stays: the first pair
            first = np.minimum(first, found)
        reports = np.flatnonzero(first < len(self))
        return reports, first[reports]

    def __len__(self) -> int:
        return len(self.left)

    def __iter__(self) -> Iterator[Pair]:
        for start in range(0, len(self), _AT_ONCE):
            yield from self._made(slice(start, start + _AT_ONCE))

    @overload
    def __getitem__(self, which: int) -> Pair: ...
    @overload
    def __getitem__(self, which: slice) -> Sequence[Pair]: ...
    def __getitem__(self, which: int | slice) -> Pair | Sequence[Pair]:
        """Return the pairs of these places."""
        return list(self._made(which)) if isinstance(which, slice) else next(self._made(slice(which, which + 1 or None)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        return id(self)

    def _made(self, which: slice) -> Iterator[Pair]:
        columns = (column[which].tolist() for column in (self.left, self.right, self.levels))
        for left, right, levels in zip(*columns, strict=True):
            yield Pair(self.ids[left], self.ids[right], *self.shown[levels])


def _by_report(reports: NDArray[np.int32], others: NDArray[np.int32], n_reports: int) -> csr_matrix:
    """Return a table of the places of pairs, a row for each report."""
    table = coo_matrix((np.arange(len(reports), dtype=np.int32), (reports, others)), shape=(n_reports, n_reports))
    table.has_canonical_format = True  # no pair is there twice: nothing is to be added up
    return table.tocsr()  # in one go, without comparing


def in_order(given: Iterable[Columns], worth: Sequence[float], n_reports: int) -> Columns:
    """Return pairs that come in parts as one, most probable first, of equals by their reports.

    worth: the probability that each number in `levels` stands for. Each pair is one whole number while they are sorted: nothing is
    quicker, or takes less memory. Raises OverflowError where that does not hold them (from ten million reports on).
    """
    ranked = sorted(range(len(worth)), key=lambda number: (-worth[number], number))
    alike = [[*numbers] for _, numbers in groupby(ranked, key=lambda number: worth[number])]  # equally probable
    n_alike = max(map(len, alike), default=1)
    if len(alike) * n_reports**2 * n_alike >= _MOST:
        raise OverflowError(f"{n_reports} reports are too many to sort their pairs")
    spot = np.empty(len(worth), dtype=np.int64)  # of a number: its rank, and its place among those alike
    number_at = np.zeros(len(alike) * n_alike, dtype=np.uint16 if len(worth) < 2**16 else np.int32)
    for first, numbers in zip(range(0, len(number_at), n_alike), alike, strict=True):
        spot[numbers] = first + np.arange(len(numbers))
        number_at[first : first + len(numbers)] = numbers
    keys = [_NO_KEYS]
    for left, right, levels in given:
        rank, among = np.divmod(spot[levels], n_alike)
        keys.append(((rank * n_reports + left) * n_reports + right) * n_alike + among)
    key = np.concatenate(keys)
    keys.clear()
    key.sort()
    found = Columns(*(np.empty(len(key), dtype=kind) for kind in (np.int32, np.int32, number_at.dtype)))
    for start in range(0, len(key), _MANY_AT_ONCE):
        some = slice(start, start + _MANY_AT_ONCE)
        rest, among = np.divmod(key[some], n_alike)
        rest, found.right[some] = np.divmod(rest, n_reports)
        rank, found.left[some] = np.divmod(rest, n_reports)
        found.levels[some] = number_at[rank * n_alike + among]
    return found


_NO_KEYS = np.empty(0, dtype=np.int64)
