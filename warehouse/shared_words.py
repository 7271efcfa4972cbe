"""What pairs of reports share of words and names, worked out once for a pair and for many pairs at a time, in sparse matrices.

The cosine of two texts is the macro `likeness` of `core/link_macros.sql`, in a third of the time.

Belongs here: that arithmetic. Keep out: which words a text has (`likeness.py`), and what it is worth (`linking_model.toml`).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

_AT_ONCE = 20_000  # pairs


class Shared:
    """Reports, with their weighted words and their names as rows of two matrices."""

    def __init__(self, reports: pa.Table) -> None:
        """reports: columns report_id (ascending), words and weights (lists of one length), names; a word stands once in its list."""
        self._ids = reports["report_id"].to_numpy()
        self._words = _matrix(reports["words"], reports["weights"])
        self._names = _matrix(reports["names"])

    def of(self, left: pa.ChunkedArray, right: pa.ChunkedArray) -> pa.Array:
        """Return for each pair of reports (ids) a struct: `likeness`, the cosine of their words, and `shared_names`, how many both have."""
        one, other = (np.searchsorted(self._ids, ids.to_numpy()) for ids in (left, right))
        likeness, names = (_products(matrix, one, other) for matrix in (self._words, self._names))
        return pa.StructArray.from_arrays([pa.array(likeness), pa.array(names.astype(np.int64))], names=["likeness", "shared_names"])


def _matrix(items: pa.ChunkedArray, weights: pa.ChunkedArray | None = None) -> csr_matrix:
    """One row a report, one column an item of any; its weight, else 1."""
    lists = items.combine_chunks()
    _, columns = np.unique(lists.flatten().to_numpy(), return_inverse=True)
    ends = np.concatenate([[0], np.cumsum(lists.value_lengths().to_numpy(zero_copy_only=False))])
    values = np.ones(len(columns)) if weights is None else np.array(weights.combine_chunks().flatten())
    made = csr_matrix((values, columns, ends), shape=(len(lists), max(columns, default=0) + 1))
    made.sort_indices()  # so that a pair's products are added up in one order, whichever is the left one
    return made


def _products(matrix: csr_matrix, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the product of two rows, for each pair of rows."""
    parts = [np.empty(0)]
    for start in range(0, len(one), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        parts.append(np.asarray(matrix[one[some]].multiply(matrix[other[some]]).sum(axis=1)).ravel())
    return np.concatenate(parts)
