"""The people who must be masked are found: recall of named victims at least .95, on names marked by hand."""

from __future__ import annotations

import pytest

from tests.quality.names_score import marked, score, texts

pytestmark = pytest.mark.quality
VICTIMS, EVERYBODY, PRECISION, OFFICES_MASKED = 0.95, 0.93, 0.86, 0.08


def test_named_victims_are_found_and_office_holders_stay() -> None:
    items = list(marked(texts()))
    if not items:
        pytest.skip("the annotated texts are not there (../shared/eval)")
    found = score(items)
    assert found.recall("victim") >= VICTIMS
    assert found.recall("victim", "detainee", "private") >= EVERYBODY
    assert found.recall("victim", "detainee", "private", of="mentions") >= EVERYBODY
    assert found.precision >= PRECISION
    assert found.recall("office") <= OFFICES_MASKED
