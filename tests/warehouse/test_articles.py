from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pytest

from transforms.errors import ContractError
from transforms.identity import article_version_id
from transforms.ingest import Received, Rejected
from warehouse import articles, ddl
from warehouse.articles import LandedArticles, land_articles

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

MONDAY = datetime(2018, 7, 30, 23, 30, tzinfo=UTC)
TUESDAY = datetime(2018, 7, 31, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    ddl.create_all(connection)
    yield connection
    connection.close()


@pytest.fixture
def con(shared: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The module's database, emptied."""
    shared.execute("DELETE FROM raw.articles")
    shared.execute("DELETE FROM ops.rejected_inputs")
    return shared


def article(article_id: str, text: str = "A blast killed 12 people.", **others: Any) -> Received:
    url = others.pop("url", f"https://news.example/{article_id}")
    made = Received(
        article_id=article_id,
        article_version_id=article_version_id(article_id, "Daily", url, "A blast", text, date(2018, 7, 25)),
        url=url,
        publisher="Daily",
        original_publisher=None,
        byline=None,
        title="A blast",
        text=text,
        read_spans=((0, 8), (9, len(text))),
        language="en",
        language_detected="en",
        published_on=date(2018, 7, 25),
        published_at=datetime(2018, 7, 25, 9, 30),
        captured_at=datetime(2018, 7, 26, 4, 0),
        is_paraphrase=False,
        origin="articles.jsonl",
        origin_line=3,
        bytes_hash="b",
        text_hash="t",
    )
    return replace(made, **others)


REJECT = Rejected("broken.jsonl", 4, "broken_json", "line 4 is no JSON: write one object a line")


def versions(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int, str]]:
    return con.execute("SELECT article_id, version, text FROM raw.articles ORDER BY ALL").fetchall()


def test_an_article_lands_as_received(con: duckdb.DuckDBPyConnection) -> None:
    assert land_articles(con, [article("a")], "r1", MONDAY) == LandedArticles(n_received=1, n_new_versions=1)
    row = con.execute("SELECT * EXCLUDE (article_version_id) FROM raw.articles")
    names = [item[0] for item in row.description or ()]
    assert dict(zip(names, row.fetchall()[0], strict=True)) == {
        "article_id": "a",
        "version": 1,
        "url": "https://news.example/a",
        "publisher": "Daily",
        "original_publisher": None,
        "byline": None,
        "title": "A blast",
        "text": "A blast killed 12 people.",
        "read_spans": "[[0, 8], [9, 25]]",
        "language": "en",
        "language_detected": "en",
        "published_on": date(2018, 7, 25),
        "published_at": datetime(2018, 7, 25, 9, 30),
        "captured_at": datetime(2018, 7, 26, 4, 0),
        "is_paraphrase": False,
        "origin": "articles.jsonl",
        "origin_line": 3,
        "bytes_hash": "b",
        "text_hash": "t",
        "first_seen_at": datetime(2018, 7, 30, 23, 30),
        "ingested_on": date(2018, 7, 30),
        "run_id": "r1",
    }


def test_the_same_again_adds_nothing_and_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    items: list[Received | Rejected] = [article("a"), article("b"), REJECT]
    land_articles(con, items, "r1", MONDAY)
    before = con.execute("FROM raw.articles ORDER BY ALL").fetchall(), con.execute("FROM ops.rejected_inputs").fetchall()
    again = land_articles(con, [*items, *items], "r2", TUESDAY)
    assert again == LandedArticles(n_received=4, n_new_versions=0, n_rejected=2, n_new_rejected=0)
    assert (con.execute("FROM raw.articles ORDER BY ALL").fetchall(), con.execute("FROM ops.rejected_inputs").fetchall()) == before


def test_edited_texts_become_versions_in_the_order_they_came(con: duckdb.DuckDBPyConnection) -> None:
    land_articles(con, [article("a", "12 dead")], "r1", MONDAY)
    edited = [article("a", "15 dead"), article("b", "3 dead"), article("a", "15 dead"), article("a", "17 dead")]
    assert land_articles(con, edited, "r2", TUESDAY).n_new_versions == 3
    land_articles(con, [article("a", "12 dead"), article("a", "18 dead")], "r3", TUESDAY)
    assert versions(con) == [("a", 1, "12 dead"), ("a", 2, "15 dead"), ("a", 3, "17 dead"), ("a", 4, "18 dead"), ("b", 1, "3 dead")]


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_batches_make_no_difference(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(articles, "BATCH_ARTICLES", size)
    first: list[Received | Rejected] = [article("a", "1 dead"), REJECT, article("a", "2 dead")]
    items = [*first, article("b"), *first[:2], article("a", "3 dead")]
    landed = land_articles(con, iter(items), "r1", MONDAY)
    assert landed == LandedArticles(n_received=5, n_new_versions=4, n_rejected=2, n_new_rejected=1)
    assert [(name, version) for name, version, _ in versions(con)] == [("a", 1), ("a", 2), ("a", 3), ("b", 1)]


def test_long_texts_make_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "BATCH_CHARACTERS", 50)
    sizes = [len(batch) for batch in articles._batches([article(str(i)) for i in range(5)])]
    assert sizes == [2, 2, 1]


def test_rejects_land_with_reason_and_place(con: duckdb.DuckDBPyConnection) -> None:
    other_line, other_reason = replace(REJECT, line=9), replace(REJECT, line=None, reason="empty")
    landed = land_articles(con, [REJECT, other_line, other_reason], "r1", MONDAY)
    assert landed == LandedArticles(n_rejected=3, n_new_rejected=3)
    rows = con.execute("SELECT origin, line, reason, detail, rejected_at, run_id FROM ops.rejected_inputs ORDER BY line").fetchall()
    assert rows[0] == ("broken.jsonl", 4, "broken_json", REJECT.detail, datetime(2018, 7, 30, 23, 30), "r1")
    assert [row[1] for row in rows] == [4, 9, None]


def test_the_same_words_under_another_id_are_another_article(con: duckdb.DuckDBPyConnection) -> None:
    page = "https://news.example/one-page"
    first, second = article("a", url=page), article("b", url=page)
    assert first.article_version_id != second.article_version_id
    landed = land_articles(con, [first, second], "r1", MONDAY)
    assert landed == LandedArticles(n_received=2, n_new_versions=2)
    assert land_articles(con, [second], "r2", TUESDAY).n_new_versions == 0
    assert [name for name, *_ in versions(con)] == ["a", "b"]


def test_hostile_text_is_text(con: duckdb.DuckDBPyConnection) -> None:
    hostile = "'); DROP TABLE raw.articles; --\u202e\r\n\t\\ \U0001f600 ‏مقتل"
    land_articles(con, [article("a'b", hostile, title=hostile, origin="x'; --.txt")], "r'1", MONDAY)
    assert con.execute("SELECT article_id, text, title, origin, run_id FROM raw.articles").fetchall() == [
        ("a'b", hostile, hostile, "x'; --.txt", "r'1")
    ]


def test_an_interrupted_landing_keeps_whole_batches_and_goes_on(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "BATCH_ARTICLES", 2)
    items = [article(str(number)) for number in range(7)]

    def interrupted() -> Iterator[Received]:
        yield from items[:5]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        land_articles(con, interrupted(), "r1", MONDAY)
    assert len(versions(con)) == 4
    assert land_articles(con, items, "r2", TUESDAY) == LandedArticles(n_received=7, n_new_versions=3)
    assert len(versions(con)) == 7


def test_a_bad_row_rolls_its_batch_back_and_leaves_the_connection_usable(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ContractError, match="rejected_inputs"):
        land_articles(con, [article("a"), replace(REJECT, reason="mood")], "r1", MONDAY)
    with pytest.raises(ContractError, match=r"raw\.articles\.text"):
        land_articles(con, [article("b"), article("c", text_hash="t", title=None, text="\udcff", article_version_id=1)], "r1", MONDAY)
    assert versions(con) == []
    assert land_articles(con, [article("a")], "r1", MONDAY).n_new_versions == 1


@pytest.mark.integration
def test_memory_does_not_grow_with_the_number_of_articles(con: duckdb.DuckDBPyConnection) -> None:
    def peak_of(count: int) -> int:
        tracemalloc.start()
        land_articles(con, (article(f"{count}-{i}", f"{i} dead. " + "words " * 2000) for i in range(count)), "r1", MONDAY)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak_of(10)
    assert peak_of(6_000) < 1.3 * peak_of(1_500)
