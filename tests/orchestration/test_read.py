from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from orchestration.cli.read import article_of, line_of
from transforms.reading.document import Reading


def test_a_whole_line() -> None:
    record = {
        "article_id": 7,
        "text": "Two died.",
        "title": "T",
        "publisher": "P",
        "url": "u",
        "published_on": "2018-07-25T10:00:00",
        "x": [1],
    }
    article = article_of(json.dumps(record), 3)
    assert (article.article_id, article.text, article.title) == ("7", "Two died.", "T")
    assert (article.publisher, article.url, article.published_on) == ("P", "u", date(2018, 7, 25))


def test_only_the_text_is_needed_and_the_text_is_left_as_it_is() -> None:
    article = article_of('{"text": "  Two died.\\r\\n", "title": null}', 3)
    assert (article.article_id, article.text, article.title, article.published_on) == ("line-3", "  Two died.\r\n", None, None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "no JSON"),
        ('{"text": ', "no JSON"),
        ("[" * 100_000, "no JSON"),
        ('["text"]', "no JSON object"),
        ('{"title": "x"}', "`text` is missing or empty"),
        ('{"text": " \\n"}', "`text` is missing or empty"),
        ('{"text": ["x"]}', "`text` is no text"),
        ('{"text": "x", "title": {"a": 1}}', "`title` is no text"),
        ('{"text": "x", "published_on": "yesterday"}', "`published_on` is no ISO day: 'yesterday'"),
        ('{"text": "x", "published_on": "2018-02-30"}', "`published_on` is no ISO day"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        article_of(line, 1)


def test_a_line_out_is_json_on_one_line() -> None:
    figure: dict[str, Any] = {"quantity_text": "zwölf", "event_date_start": date(2018, 7, 25), "count_min": 12, "flags": []}
    line = line_of(Reading("a\n1", 1, (figure,), (), {"killed": None}, ()))
    assert "\n" not in line
    assert json.loads(line) == {
        "article_id": "a\n1",
        "figures": [{**figure, "event_date_start": "2018-07-25"}],
        "main_incident": {"killed": None},
    }
