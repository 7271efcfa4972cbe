"""The benchmark's parts work (nothing here is timed)."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import beside, corpus, load, load_table, process, speed, texts
from transforms.reading.reader import STEPS


def _some(tmp_path: Path) -> texts.TextSet:
    folder = tmp_path / "load"
    folder.mkdir()
    records = [{"article_id": f"n{i}", "text": f"{i + 2} people were killed in Homs.", "published_on": "2018-07-25"} for i in range(3)]
    (folder / "bbc_news.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return texts.sets(tmp_path)[0]


def test_sets_are_those_that_are_there(tmp_path: Path) -> None:
    found = _some(tmp_path)
    assert (found.name, found.kind, len(found.articles)) == ("bbc_news", "general", 3)
    assert found.megabytes == pytest.approx(87e-6)


def test_without_evaluation_texts_the_examples_are_read(tmp_path: Path) -> None:
    (found,) = texts.sets(tmp_path / "none")
    assert found.name == "examples" and len(found.articles) > 10


def test_articles_over_and_over_keep_ids_of_their_own(tmp_path: Path) -> None:
    ids = [article.article_id for article in islice(texts.endless(_some(tmp_path)), 7)]
    assert len(set(ids)) == 7


def test_every_step_has_its_share(tmp_path: Path) -> None:
    shares = speed.steps(_some(tmp_path), None)
    assert set(shares) == {step.__name__ for step in STEPS}
    assert sum(shares.values()) == pytest.approx(1)


def test_speed_is_size_by_time() -> None:
    one = speed.Speed(2.0, 3.0, 10)
    assert (one.megabytes_a_second, one.texts_a_second) == (1.5, 5.0)


def test_what_cannot_be_measured_is_said(tmp_path: Path) -> None:
    assert beside.spacy_rules(_some(tmp_path), tmp_path / "no-python") == beside.MISSING


@pytest.mark.integration
def test_memory_and_start_are_those_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "COMMAND", [process.sys.executable, "-c", "import sys; sys.stdin.read()"])
    used = process.memory(_some(tmp_path), 20, tmp_path)
    assert used.articles == 20 and 0 < used.early <= used.peak < 500
    assert 0 < process.start_up(tmp_path) < 60


def test_the_corpus_is_varied_repeats_a_tenth_and_is_the_same_each_time() -> None:
    bases = [
        [f"On {day} March 2020 {n} people were killed in Homs. It was day {day}. Word{n} ends." for n in range(20, 90)] for day in (3, 4)
    ]
    made = list(corpus.articles(2000, bases=bases))
    assert made == list(corpus.articles(2000, bases=bases)) != list(corpus.articles(2000, seed=2, bases=bases))
    again = len(made) - len({record["article_id"] for record in made})
    texts_again = len(made) - len({record["text"] for record in made})
    assert 60 < again < 140, "a twentieth comes again"
    assert texts_again > again + 60, "a twentieth is reprinted by another"
    assert {record["published_on"] for record in made} == {"2021-01-01", "2021-01-02"}, "a thousand a day"
    assert not any("March 2020" in record["text"] for record in made), "days in the text move along"


def test_each_stage_has_its_time_and_cost_has_its_exponent() -> None:
    watch = load.Watch()
    for stage, done, total in (("Taking in", 1, None), ("Reading", 0, 2), ("Reading", 2, 2), ("Linking", 0, 1), ("Linking", 1, 1)):
        watch(stage, done, total)
    watch.turn("")
    assert set(watch.wall) == {load.START, "Taking in", "Reading", "Linking", load.BETWEEN}
    small, large = (load.Load(n, {"Reading": 1.0}, {"Reading": float(n)}, float(n), 100, 50) for n in (10, 1000))
    assert load.exponent([small, large]) == pytest.approx(1)
    assert "to the power of 1.00" in "\n".join(load_table.lines([small, large], small))


@pytest.mark.integration
def test_the_load_test_runs_the_pipeline(tmp_path: Path) -> None:
    from orchestration.gazetteer import index_file
    from warehouse.paths import DataFolder

    index = index_file(DataFolder(texts.PROJECT / "data"))
    (only,), daily = load.measure(tmp_path, [40], 10, index.parent)
    assert only.articles == 40 and only.wall["Reading"] > 0 and only.peak_mb > 50
    assert daily.articles == 10 and daily.seconds > 0
