"""The made warehouse and the made reprints are what they say (nothing here is timed)."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from benchmarks import reprints, warehouse
from benchmarks.texts import TextSet, sets
from warehouse.marts import fill_marts
from warehouse.stories import find_stories

# a database is made and filled
pytestmark = pytest.mark.integration


def test_every_view_answers_over_a_made_warehouse(tmp_path: Path) -> None:
    con = duckdb.connect(":memory:")
    warehouse.make(con, 300)
    fill_marts(con)
    assert con.execute("SELECT count(*) FROM core.articles").fetchall() == [(300,)]
    assert con.execute("SELECT count(*) BETWEEN 700 AND 1100 FROM core.figures").fetchall() == [(True,)]
    incident = con.execute("SELECT min(incident_id) FROM mart.incident_tolls").fetchall()[0][0]
    asked = {view for view, _, _ in warehouse.views(con, incident)}
    assert asked >= set(warehouse.VIEWS) | set(warehouse.OF_INCIDENTS)
    assert [name for name, *_ in warehouse.beside(con, incident, tmp_path)] == list(warehouse.FILTERS)


def test_reprints_are_found_again(tmp_path: Path) -> None:
    (some,) = sets(tmp_path / "none")
    draw = random.Random(3)
    texts = (" ".join(f"word{draw.randrange(4000)}" for _ in range(150)) for _ in some.articles)
    of = TextSet("words", "made", tuple(replace(one, text=text) for one, text in zip(some.articles, texts, strict=True)))
    made = list(reprints.corpus((of,), len(some.articles)))
    truth = {number: story for number, story, _ in made}
    found = reprints.score(find_stories([(number, text) for number, _, text in made]), truth)
    assert found.recall > 0.95 and found.precision > 0.98


def test_the_score_is_over_pairs() -> None:
    found = reprints.score({1: 1, 2: 1, 3: 3, 4: 1}, {1: 7, 2: 7, 3: 7, 4: 8})
    assert (found.true_pairs, found.found_pairs) == (3, 3)
    assert found.recall == found.precision == pytest.approx(1 / 3)
