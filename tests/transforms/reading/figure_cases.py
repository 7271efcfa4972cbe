"""Build documents with figures from marked text, for the tests of steps after the grammar."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from transforms.reading.document import Article, Document, Figure
from transforms.reading.sentences import sentences

PUBLISHED = date(2018, 7, 27)
_MARK = re.compile(r"\{(.+?)\}")
_VAGUE = {"dozens": 24, "hundreds": 200, "thousands": 2000}


def document_of(case: dict[str, Any]) -> Document:
    """Return the document of a case: its text cut into sentences, with a figure for every `{…}` of the title, then of the text."""
    title, text = case.get("title"), case["text"]
    published = case.get("on", PUBLISHED)
    plain, plain_title = _MARK.sub(r"\1", text), _MARK.sub(r"\1", title) if title else None
    day = None if published == "unknown" else published
    article = Article("a", plain, plain_title, published_on=day, read_spans=((0, len(plain)),))
    document = sentences(Document(article))
    for in_title, marked in ((True, title or ""), (False, text)):
        for number, match in enumerate(_MARK.finditer(marked)):
            start = match.start() - 2 * number
            document.figures.append(_figure(document, in_title, start, match.group(1)))
    for figure, outcome in zip(document.figures, case.get("outcomes", ()), strict=False):
        figure.outcome = outcome
    return document


def _figure(document: Document, in_title: bool, start: int, words: str) -> Figure:
    sentence = next(s for s in document.sentences if s.in_title == in_title and s.start <= start < s.end)
    figure = Figure(sentence.index, in_title, start, start + len(words), words, "killed", "test", sentence.text)
    digits = words.replace(",", "")
    if words in _VAGUE:
        figure.count_min, figure.bound = _VAGUE[words], "vague"
    else:
        figure.count_min = figure.count_max = int(digits) if digits.isdecimal() else {"two": 2, "three": 3}.get(words, 1)
    if words.startswith("at least "):
        figure.count_min, figure.count_max, figure.bound = int(words.removeprefix("at least ")), None, "at_least"
    if figure.bound != "vague":
        figure.count_stated = figure.count_min
    return figure
