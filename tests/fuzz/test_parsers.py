"""Whatever comes from outside, parsers give records or rejections, never an error of their own.

The short form runs with the unit tests, for some seconds each; `make torture` runs each for ten minutes.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.fuzz.fuzzing import Parsers, for_long, fuzz
from transforms.ingest import Received, Rejected, collect
from transforms.naming import find_people
from transforms.naming.masking import KnownNames, Masks, Span
from transforms.reading.document import Article
from transforms.reading.named import named_people
from transforms.reading.reader import read
from transforms.reading.visible import visible

SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".parquet", ".gz", ".zip", ".warc", ".wacz")
PIECES = (
    *(
        "---\n",
        "title: x\n",
        "published_on: 2020-02-30\n",
        "<html>",
        "<p>",
        "</p>",
        "<!--",
        "<![CDATA[",
        "&#x110000;",
        "&nbsp;",
        "{",
        "}",
        "[",
        "]",
    ),
    *(
        '"text":',
        '"a"',
        ",",
        ":",
        "\\ud800",
        "\x00",
        "\ufeff",
        "\u202e",
        "\u200b",
        "\r\n",
        "\n\n",
        "12 people were killed",
        "1e309",
        "null",
        "NaN",
    ),
    *(
        "url,title,text\n",
        '"',
        "'",
        "=1+1",
        "WARC/1.0\r\n",
        "Content-Length: 99999999999\r\n",
        "PK\x03\x04",
        "\x1f\x8b\x08",
        "PAR1",
        "é",
        "一",
        "قتل",
    ),
    *("Ann Doe, 24, ", "al-", "Jr.", "(", ")", "’s", "MONDAY", "since 31 February", "10,000,000,000", "two dozen or so", "-5", "½"),
)
PIECED = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)
BYTES = (
    st.binary(max_size=300)
    | PIECED.map(lambda text: text.encode("utf-8", "surrogatepass"))
    | PIECED.map(lambda text: text.encode("utf-16", "surrogatepass"))
)
# crashes that were found, and stay as cases
FOUND: dict[str, list[Any]] = {
    "files": [(".csv", b'"'), (".json", b"[" * 5000), (".html", b"<" * 500), (".parquet", b"PAR1PAR1")],
    "texts": ["\ud800", "I'" * 50],
}


def files(suffix: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{suffix}"
        path.write_bytes(content)
        for item in collect([path]):
            assert isinstance(item, Received | Rejected)
            if isinstance(item, Received):
                item.text.encode("utf-8")
                assert all(0 <= start <= end <= len(item.text) for start, end in item.read_spans)


def texts(text: str) -> None:
    seen = visible(text)
    assert len(seen.text) <= len(text)
    article = Article("a", text, title=text[:50], published_on=date(2020, 2, 29))
    reading = read(article)
    for figure in reading.figures:
        whole = (article.title or "") if figure["in_title"] else text
        assert whole[figure["char_start"] : figure["char_end"]] == figure["quantity_text"]
    for person in named_people(article, reading.figures):
        for mention in person.mentions:
            assert 0 <= mention.char_start < mention.char_end <= len(text)


def names(text: str, other: str) -> None:
    spans = [Span(m.char_start, m.char_end, n) for n, p in enumerate(find_people(None, text), 1) for m in p.mentions]
    masks = Masks(spans)
    masked = masks.apply(text)
    for position in range(0, len(text) + 1, 7):
        assert 0 <= masks.move(position) <= masks.move(position, is_end=True) <= len(masked)
    known = KnownNames({other: 1, "Ann Doe": 2})
    known.replaced(text)
    known.is_in_address(text)


PARSERS: Parsers = {
    "files": (files, (st.sampled_from(SUFFIXES), BYTES)),
    "texts": (texts, (PIECED | st.text(max_size=200),)),
    "names": (names, (PIECED, PIECED)),
}


@pytest.mark.parametrize("name", PARSERS)
def test_short(name: str) -> None:
    fuzz(PARSERS[name], 60)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, listed in FOUND.items() for value in listed], ids=str)
def test_what_was_found_once(name: str, value: Any) -> None:
    PARSERS[name][0](*(value if isinstance(value, tuple) else (value,)))


@pytest.mark.torture
@pytest.mark.parametrize("name", PARSERS)
def test_long(name: str) -> None:
    for_long(PARSERS[name])
