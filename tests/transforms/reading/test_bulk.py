"""Reading many articles: what the reader fails on costs no other article."""

from __future__ import annotations

import pytest

from transforms.errors import LexiconError
from transforms.reading import bulk
from transforms.reading.document import Article, PlaceIndex, Reading
from transforms.reading.options import ReadingOptions
from transforms.reading.reader import read

ARTICLES = [Article(name, f"Three soldiers were killed in {name}.") for name in ("Aden", "Taiz", "Marib")]


def _failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let the reader fail on the second article, as a fault in one of its steps would."""

    def planted(article: Article, places: PlaceIndex | None, options: ReadingOptions) -> Reading:
        if article.article_id == "Taiz":
            raise error
        return read(article, places, options)

    monkeypatch.setattr(bulk, "read", planted)


def test_an_article_that_the_reader_fails_on_is_told_apart_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    _failing(monkeypatch, IndexError("killed in Taiz"))
    first, failed, last = bulk.read_many(ARTICLES)
    assert [len(reading.figures) for reading in (first, failed, last)] == [1, 0, 1]
    assert first.error is None and last.error is None
    assert failed.error is not None and failed.error.startswith("IndexError in ") and "line" in failed.error
    assert "Taiz" not in failed.error, "a message may hold words of the text, and this goes where it is not masked"
    assert failed.article_version_id == read(ARTICLES[1]).article_version_id


def test_a_lexicon_with_an_error_is_no_articles_fault_and_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    _failing(monkeypatch, LexiconError("wrong", file="x.csv"))
    with pytest.raises(LexiconError):
        list(bulk.read_many(ARTICLES))
