"""Training on one's own reports: chance agreement is learned, what agreement within an incident looks like is not touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.warehouse.link_reports import drawn
from transforms.errors import InputError
from warehouse.linking import find_pairs
from warehouse.linking_model import Comparison, Model, load_model
from warehouse.linking_training import forget_model, moved, train, write_model

pytestmark = pytest.mark.integration

SHIPPED = load_model()
TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    """News of one small country: three areas, four days, one attacker. What agrees here agrees often by chance."""
    random = Random(8)
    return [drawn(number, random) for number in range(1, 1201)]


@pytest.fixture(scope="module")
def trained(reports: list[dict[str, Any]]) -> Model:
    return train(reports, {}, SHIPPED, TODAY, n_pairs=100_000)


def _weight(model: Model, comparison: str, says: str) -> float:
    return next(level.weight for level in _named(model, comparison).levels if level.says == says)


def _named(model: Model, name: str) -> Comparison:
    return next(comparison for comparison in model.comparisons if comparison.name == name)


def test_what_agrees_often_by_chance_tells_less(trained: Model) -> None:
    for comparison, says in (("time", "same day"), ("place", "same town"), ("attacker", "same attacker")):
        assert _weight(trained, comparison, says) < _weight(SHIPPED, comparison, says) - 0.5
    assert {(comparison, words) for comparison, words, *_ in moved(SHIPPED, trained)} >= {("time", "same day"), ("place", "same town")}


def test_chance_is_a_share_and_nothing_else_is_learned(trained: Model) -> None:
    for comparison, former in zip(trained.comparisons, SHIPPED.comparisons, strict=True):
        assert [level.m for level in comparison.levels] == [level.m for level in former.levels]
        assert [level.when for level in comparison.levels] == [level.when for level in former.levels]
        said = [level for level in comparison.levels if not level.null and level.m != level.u]
        assert sum(level.u for level in said) < 1.02 and all(level.u > 0 for level in said)
    assert (trained.prior, trained.link_from) == (SHIPPED.prior, SHIPPED.link_from)


def test_pairs_that_are_linked_now_are_no_chance(reports: list[dict[str, Any]]) -> None:
    """Everything of one town is said to be one incident: towns then never agree by chance."""
    by_town = {report["report_id"]: report["place_id"] for report in reports}
    apart = train(reports, by_town, SHIPPED, TODAY, n_pairs=100_000)
    assert _weight(apart, "place", "same town") > _weight(SHIPPED, "place", "same town")


def test_a_written_model_reads_back_and_links(trained: Model, reports: list[dict[str, Any]], tmp_path: Path) -> None:
    write_model(trained, tmp_path / "linking" / "model.toml")
    read = load_model(tmp_path / "linking" / "model.toml")
    assert (read.version, read.comparisons, read.blocking) == (trained.version, trained.comparisons, trained.blocking)
    assert read.version.startswith("own-2026-03-01-") and read.fingerprint != SHIPPED.fingerprint
    assert find_pairs(reports[:30], read) != find_pairs(reports[:30], SHIPPED)


def test_a_model_of_ones_own_that_is_older_than_a_key_is_read(trained: Model, tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    write_model(trained, path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("timeless_pair_words")), encoding="utf-8")
    assert load_model(path).blocking["timeless_pair_words"] == trained.blocking["pair_words"]


def test_a_model_is_forgotten_and_what_lies_beside_it_stays(trained: Model, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    write_model(trained, tmp_path / "model.toml")
    forget_model(tmp_path / "model.toml")
    forget_model(tmp_path / "model.toml")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_training_twice_gives_one_model(trained: Model, reports: list[dict[str, Any]]) -> None:
    assert train(reports, {}, SHIPPED, TODAY, n_pairs=100_000) == trained


def test_too_few_reports_are_refused(reports: list[dict[str, Any]]) -> None:
    with pytest.raises(InputError, match="999 reports are too few to learn from: at least 1,000"):
        train(reports[:999], {}, SHIPPED, TODAY)
