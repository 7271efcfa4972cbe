"""What the linking remembers: the pairs are those of a linking that remembers nothing, whatever came, changed or went between."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest

from tests.warehouse.link_reports import drawn
from warehouse.linking import find_pairs
from warehouse.linking_memory import fingerprint
from warehouse.linking_model import load_model

pytestmark = pytest.mark.integration

MODEL = load_model()


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    random = Random(4)
    return [drawn(number, random) for number in range(1, 61)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many reports were held against others at each linking."""
    from warehouse import linking

    counted: list[int] = []
    predict = linking.predict

    def counting(con: duckdb.DuckDBPyConnection, n_near: int, model: Any) -> None:
        counted.append(n_near)
        predict(con, n_near, model)

    monkeypatch.setattr(linking, "predict", counting)
    return counted


def test_new_changed_and_gone_reports_end_in_the_pairs_of_a_full_linking(
    tmp_path: Path, reports: list[dict[str, Any]], asked: list[int]
) -> None:
    memory = tmp_path / "memory.duckdb"
    assert find_pairs(reports[:40], MODEL, memory) == find_pairs(reports[:40], MODEL) != []
    later = [*reports[5:30], {**reports[30], "words": "viaduct orchard"}, *reports[31:]]
    assert find_pairs(later, MODEL, memory) == find_pairs(later, MODEL)
    assert find_pairs(reports, MODEL, memory) == find_pairs(reports, MODEL), "what went and came back"
    asked.clear()
    assert find_pairs(reports, MODEL, memory) == find_pairs(reports, MODEL)
    assert asked == [0, len(reports)], "with nothing new nothing is reckoned"


def test_only_neighbours_of_what_is_new_are_looked_at(tmp_path: Path, reports: list[dict[str, Any]], asked: list[int]) -> None:
    far = {**reports[0], "report_id": 99, "article_id": "far", "article_version_id": 9999, "story_id": 9999, "place_admin": "Kabul"}
    far |= {
        "country": "AF",
        "event_date_start": date(2019, 1, 5),
        "event_date_end": None,
        "published_on": date(2019, 1, 6),
        "words": "Herat",
    }
    find_pairs(reports, MODEL, tmp_path / "memory.duckdb")
    find_pairs([*reports, far], MODEL, tmp_path / "memory.duckdb")
    assert asked == [len(reports), 1]


def test_another_model_forgets_what_the_former_reckoned(tmp_path: Path, reports: list[dict[str, Any]]) -> None:
    memory = tmp_path / "memory.duckdb"
    find_pairs(reports, MODEL, memory)
    other = dataclasses.replace(MODEL, prior=MODEL.prior / 10, fingerprint="another")
    assert find_pairs(reports, other, memory) == find_pairs(reports, other) != find_pairs(reports, MODEL)


def test_a_damaged_memory_is_begun_anew(tmp_path: Path, reports: list[dict[str, Any]]) -> None:
    memory = tmp_path / "memory.duckdb"
    memory.write_bytes(b"no database" * 1000)
    assert find_pairs(reports, MODEL, memory) == find_pairs(reports, MODEL)
    with duckdb.connect(str(memory), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM evidence").fetchall() == [(len(reports),)]


def test_a_linking_that_stops_half_way_leaves_no_report_that_seems_compared(
    tmp_path: Path, reports: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse import linking

    memory = tmp_path / "memory.duckdb"
    find_pairs(reports[:30], MODEL, memory)
    with monkeypatch.context() as broken:
        broken.setattr(linking, "remember", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            find_pairs(reports, MODEL, memory)
    assert find_pairs(reports, MODEL, memory) == find_pairs(reports, MODEL)


@pytest.mark.parametrize("column", list(drawn(1, Random(1))))
def test_the_fingerprint_is_of_every_value(column: str) -> None:
    report = drawn(1, Random(1))
    assert fingerprint(report) == fingerprint(dict(reversed(report.items())))
    assert fingerprint(report) != fingerprint({**report, column: "else"})
