"""Step: cut the title and the body of an article into sentences.

A text whose lines are wrapped at a fixed width (wire text) is read across its line breaks; elsewhere a line break ends
a sentence. Abbreviations that don't end a sentence are in `lexicon/abbreviations.csv`.

Belongs here: sentence and paragraph bounds. Keep out: words (`tokens.py`) and what is body (`ingest/boilerplate.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from transforms.ingest.boilerplate import body_spans
from transforms.lexicon import load
from transforms.reading.document import Document, Sentence
from transforms.reading.gate import is_within, outcome_places, tells_of_attack

NOTE_LENGTH = 1500  # characters
_CLASSES = frozenset({"title", "calendar", "other"})
# The last alternative: text saved without its line breaks (`said.The suspects`).
_GLUED = r"(?<=[a-z]{3}[.!?])[\"\u201d]?(?=[\"\u201c]?(?:[A-Z][a-z]+|A)[ ,])"
_STOP = r"[.!?\u2026](?:[\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]*[^\W_a-z])|(?<=[.!?])[\"\u201d]\s+(?=[\"\u201c])|" + _GLUED + ")"
# Without bullets the search runs from stop to stop.
_END, _END_OR_BULLET = re.compile(_STOP), re.compile(rf"{_STOP}|(?<!\s)\s+[\u2022\u25cf]\s+")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"\n\s*")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)$")
# Wire text is wrapped near 70 characters; paragraphs of web text have no fixed width.
_WRAP_MIN, _WRAP_MAX, _WRAP_LINES = 45, 90, 4


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(entry.term.lower() for entry in load("abbreviations", _CLASSES))


def is_wrapped(text: str) -> bool:
    """Return whether the text's lines were broken at a fixed width, so that a line break ends no sentence."""
    lines = text[:6000].split("\n")
    # the line before an indented one closes its paragraph, and is as short as it happens to be
    inner = [len(line.rstrip()) for line, following in pairwise(lines) if line.strip() and following.strip() and following[:1] != " "]
    if len(inner) < _WRAP_LINES or max(map(len, lines)) > _WRAP_MAX + 10:
        return False
    long = sum(_WRAP_MIN <= length <= _WRAP_MAX for length in inner)
    return long >= 0.7 * len(inner)


def _ends_sentence(text: str, start: int, dot: int) -> bool:
    """Return whether the stop at `dot` ends a sentence: not after an abbreviation or a single initial."""
    if text[dot] != ".":
        return True
    match = _LAST_WORD.search(text, max(start, dot - 20), dot)
    if match is None:
        return True
    word = match.group(1)
    return not ((len(word) == 1 and word.isupper() and word != "I") or word.lower() in _abbreviations())


def _pieces(text: str, start: int, end: int, bullets: bool) -> Iterator[tuple[int, int]]:
    """Yield the sentence spans of one paragraph."""
    begin = start
    for match in (_END_OR_BULLET if bullets else _END).finditer(text, start, end):
        if _ends_sentence(text, begin, match.start()):
            yield begin, match.end()
            begin = match.end()
    yield begin, end


def _blocks(text: str, start: int, end: int, wrapped: bool) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a span: between blank lines, and between all line breaks where lines are not wrapped."""
    begin = start
    for match in (_PARAGRAPH if wrapped else _LINE).finditer(text, start, end):
        # spaces before the break are cut here: a pattern that begins with them would try every one of a long run
        yield begin, _without_space(text, begin, match.start())
        begin = match.end()
    yield begin, end


def _without_space(text: str, start: int, end: int) -> int:
    """Return `end` moved left over white space."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, _without_space(text, start, end)


def is_note(document: Document) -> bool:
    """Return whether the article is so short that it is of one incident, of which it may tell without any figure.

    It has an outcome word, or a word for an attack.
    """
    return len(document.article.text) <= NOTE_LENGTH and (bool(document.marks) or tells_of_attack(document.article.text))


def sentences(document: Document) -> Document:
    """Fill `document.sentences`: the title first (paragraph -1), then the body's sentences in order.

    An article without any outcome word has no figure and is not cut at all: most general news ends here. A short note of an
    attack is cut, since it may tell day and place of an incident in which nobody was hurt.
    """
    article, found = document.article, []
    title, text = article.title or "", article.text
    told, told_in_title = outcome_places(text), outcome_places(title)
    if not told and not told_in_title and not is_note(document):
        return document
    if title.strip():
        start, end = _trim(title, 0, len(title))
        found.append(Sentence(0, True, start, end, title[start:end], -1, bool(told_in_title)))
    spans = article.read_spans if article.read_spans is not None else body_spans(text)
    wrapped, bullets = is_wrapped(text), "\u2022" in text or "\u25cf" in text
    paragraph = 0
    for span_start, span_end in spans:
        for block_start, block_end in _blocks(text, span_start, span_end, wrapped):
            for piece in _pieces(text, block_start, block_end, bullets):
                start, end = _trim(text, *piece)
                if start < end:
                    found.append(Sentence(len(found), False, start, end, text[start:end], paragraph, is_within(told, start, end)))
            paragraph += 1
    document.sentences = found
    return document
