"""The attribution step, by cases with reasons (tests/fixtures/attribution.toml), and what holds of every text."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from transforms.contract import table
from transforms.reading.attribution import attribution
from transforms.reading.document import Article, Document, Figure
from transforms.reading.sentences import sentences

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parents[2] / "fixtures/attribution.toml").read_text(encoding="utf-8"))["case"]


def document_of(text: str, title: str | None = None) -> Document:
    return sentences(Document(Article("a", text, title, read_spans=((0, len(text)),))))


def add_figure(document: Document, words: str, *, in_title: bool = False, count: int = 5) -> Figure:
    where = (document.article.title or "") if in_title else document.article.text
    start = where.rindex(words)
    sentence = next(s for s in document.sentences if s.in_title == in_title and s.start <= start < s.end)
    figure = Figure(sentence.index, in_title, start, start + len(words), words, "killed", "test", sentence.text)
    figure.count_min = figure.count_max = count
    document.figures.append(figure)
    return figure


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_case(case: dict[str, Any]) -> None:
    document = document_of(case["text"], case.get("title"))
    figure = add_figure(document, case["figure"], in_title=case.get("in_title", False), count=case.get("count", 5))
    attribution(document)
    wanted = {field: case.get(field) for field in ("source_text", "source_kind", "relayed_by", "blamed_text", "blamed_by")}
    assert {field: getattr(figure, field) for field in wanted} == wanted, case["why"]
    assert figure.stance == case.get("stance", "asserted"), case["why"]


def test_every_kind_and_stance_of_the_cases_is_of_the_contract() -> None:
    figures = table("core.figures")
    assert {case["source_kind"] for case in CASES if "source_kind" in case} <= set(figures.column("source_kind").allowed)
    assert {case["stance"] for case in CASES if "stance" in case} <= set(figures.column("stance").allowed)


def test_the_source_is_printed_in_the_article() -> None:
    for case in CASES:
        if "source_text" in case:
            assert case["source_text"] in case["text"] + (case.get("title") or "")


def test_an_article_without_figures_is_left_alone() -> None:
    document = document_of("Police said nothing.")
    assert attribution(document).figures == []


@pytest.mark.parametrize(
    "text",
    [
        "he said " * 20_000,
        "according to " * 15_000,
        "the " * 30_000 + "said",
        "Al " * 30_000 + "said",
        "\u201c" * 50_000,
        ", police, " * 15_000,
    ],
    ids=["said", "according", "articles", "capitals", "quotes", "asides"],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    text += " killed"  # a text without any outcome word is not cut at all
    document = document_of(text)
    for at in range(0, min(len(text) - 1, 5_000), 100):
        document.figures.append(Figure(0, False, at, at + 1, text[at], "killed", "test", text))
    began = time.process_time()
    attribution(document)
    assert time.process_time() - began < 5.0


def test_many_sentences_take_linear_time() -> None:
    document = document_of("He said 5 died. " * 3_000)
    for sentence in document.sentences:
        document.figures.append(Figure(sentence.index, False, sentence.start + 8, sentence.start + 9, "5", "killed", "test", sentence.text))
    began = time.process_time()
    attribution(document)
    assert time.process_time() - began < 8.0
    assert document.figures[-1].source_text is None, "nobody was named, so `he` stays unclear"
