"""Which parts of a stored text are article body: everything but page furniture and the header of a saved page.

A line goes when it is, begins with or holds a term of `lexicon/boilerplate.csv`; in a line longer than the term allows
only the sentence that holds the term goes, so that a text saved without line breaks keeps its news. After a heading
such as `Related stories` the headlines of other articles go too, up to the first line that reads like prose.

Belongs here: applying that lexicon. Keep out: what the header says (`header.py`) and sentences (`reading/sentences.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from transforms.errors import LexiconError
from transforms.ingest.header import saved_header
from transforms.lexicon import load

Span = tuple[int, int]

_FILE = "boilerplate"
_CLASSES = frozenset(
    {"gate", "copyright", "licence", "disclaimer", "note", "share", "advert", "donate", "subscribe", "comment", "author"}
    | {"origin", "contact", "technical", "related", "media"}
)
_WHERE = frozenset({"line", "start", "inside", "heading"})
_DEFAULT_MAX_CHARS = 300
_LINE_TERM_MAX = 60  # a longer line is no button or heading
_SENTENCE_MAX = 600  # in a line too long to go as a whole, a longer "sentence" is unpunctuated prose and stays
_HEADLINES_MAX, _HEADLINE_CHARS = 8, 160
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+")
_PROSE_END = (".", "!", "?", '."', ".\u201d", ".'", ".\u2019", ".)")
_MARKUP = re.compile(r"\[([^\[\]]{0,200})\]\([^()]{0,500}\)")
_EDGES = " \t\r\n*_#>|:!\u2022\u00b7-\u2013\u2014\u00bb\u203a"
_OPENERS = _EDGES + "[(+"
_SIGNS = ("\u00a9", "(\u00a9")
_PREFIX = 5  # no term that begins a line is shorter, but for signs, which are gates
# A line of wrapped prose is this long, and the next line goes on in lower case (or all is in capitals).
_WRAP_MIN, _WRAP_MAX = 45, 90


@dataclass(slots=True)
class _Terms:
    """The lexicon in the shape the test needs: gates, whole lines, headings, and (term, longest line) by first letters."""

    gates: list[str] = field(default_factory=list)
    lines: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    starts: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    inside: list[tuple[str, int]] = field(default_factory=list)
    openings: dict[str, tuple[str, ...]] = field(default_factory=dict)  # every term that a line can begin with, by first letters


@lru_cache(maxsize=1)
def _terms() -> _Terms:
    found = _Terms()
    for entry in load(_FILE, _CLASSES):
        term, where = entry.term.lower(), entry.extra.get("where", "")
        limit = int(entry.extra.get("max_chars") or _DEFAULT_MAX_CHARS)
        if where not in _WHERE:
            raise LexiconError(f"`where` of {term!r} is {where!r}; it is one of {', '.join(sorted(_WHERE))}", file=f"{_FILE}.csv")
        if entry.term_class == "gate":
            found.gates.append(term)
        elif where == "line":
            found.lines.add(term)
        elif where == "heading":
            found.headings.add(term)
        elif where == "start":
            found.starts.setdefault(term[:_PREFIX], []).append((term, limit))
        else:
            found.inside.append((term, limit))
        if where != "inside":
            opening = term.lstrip(_OPENERS)
            found.openings[opening[:_PREFIX]] = (*found.openings.get(opening[:_PREFIX], ()), opening)
    closed = [term for term, _ in found.inside if not any(gate in term for gate in found.gates)]
    if closed:
        raise LexiconError(f"no gate stands in {closed[0]!r}; add one of its words as class gate", file=f"{_FILE}.csv")
    return found


def _lowered(text: str) -> str:
    """Return the text in lower case and with plain apostrophes, of the same length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow in lower case; offsets must not move
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.replace("\u2019", "'")


def _has_cue(lowered: str, terms: _Terms) -> bool:
    """Return whether any line begins with a term, or any gate is open: the cheap look that plain news gets."""
    openings = terms.openings
    for line in lowered.split("\n"):
        begin = line.lstrip(_OPENERS)
        if begin[:_PREFIX] in openings and begin.startswith(openings[begin[:_PREFIX]]):
            return True
    return False


def _continues(previous: str, line: str) -> bool:
    """Return whether the line goes on with a sentence that was wrapped at the end of the line before."""
    before = previous.rstrip()
    if not _WRAP_MIN <= len(before) <= _WRAP_MAX or before.endswith(_PROSE_END):
        return False
    return line[:1].islower() or before.isupper()


def _matching(line: str, terms: _Terms, gated: bool) -> Iterator[tuple[str, int]]:
    """Yield the terms, with the longest line that goes as a whole, that the lower-case line begins with or holds."""
    for term, limit in terms.starts.get(line[:_PREFIX], ()):
        if line.startswith(term):
            yield term, limit
    if line.startswith(_SIGNS):
        yield "\u00a9", _DEFAULT_MAX_CHARS
    if gated:
        for term, limit in terms.inside:
            if term in line:
                yield term, limit


def _sentences_with(line: str, term: str, offset: int) -> Iterator[Span]:
    """Yield the spans of the line's sentences that hold the term; unpunctuated stretches of prose are left alone."""
    begin = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(line)), len(line)]:
        if term in line[begin:end] and end - begin <= _SENTENCE_MAX:
            yield offset + begin, offset + end
        begin = end


def _is_headline(line: str) -> bool:
    return len(line) <= _HEADLINE_CHARS and not line.endswith(_PROSE_END)


def _furniture(text: str) -> Iterator[Span]:
    """Yield the spans of the text that are page furniture, in order (they may touch, not overlap)."""
    terms, lowered = _terms(), _lowered(text)
    gated = any(gate in lowered for gate in terms.gates) and (
        any(sign in lowered for sign in _SIGNS) or any(term in lowered for term, _ in terms.inside)
    )
    if not gated and not _has_cue(lowered, terms):
        return
    begin, headlines_left, previous = 0, 0, ""
    for line in lowered.split("\n"):
        end, stripped = begin + len(line), line.strip()
        if stripped and not _continues(previous, text[begin:end].strip()):
            bare = _MARKUP.sub(r"\1", stripped).strip(_EDGES) if len(stripped) <= _LINE_TERM_MAX else ""
            if bare in terms.headings:
                headlines_left = _HEADLINES_MAX
                yield begin, end
            elif bare in terms.lines:
                yield begin, end
            elif headlines_left and _is_headline(stripped):
                headlines_left -= 1
                yield begin, end
            else:
                headlines_left = 0
                yield from _of_line(line, stripped, begin, terms, gated)
        previous, begin = text[begin:end], end + 1


def _of_line(line: str, stripped: str, begin: int, terms: _Terms, gated: bool) -> Iterator[Span]:
    """Yield what of one line goes: nothing, the whole line, or single sentences of it."""
    plain = _MARKUP.sub(r"\1", stripped) if stripped[0] in "[(*_" else stripped
    found = list(_matching(plain.lstrip(_EDGES), terms, gated))
    if any(len(plain) <= limit for _, limit in found):
        yield begin, begin + len(line)
        return
    cut: set[Span] = set()
    for term, _ in found:
        cut.update(_sentences_with(line, term, begin))
    yield from sorted(cut)


def body_spans(text: str) -> tuple[Span, ...]:
    """Return the [start, end) pairs of `text` that are article body, in order; () for a blank text.

    Outside are share buttons, donation pleas, disclaimers, copyright and licence notes, prompts to comment or
    subscribe, links to other articles, and the header of a saved page (`header.saved_header`). When in doubt a line
    stays: losing a sentence of news is worse than reading one of furniture.
    """
    return spans_without(text, saved_header(text).spans)


def spans_without(text: str, header_spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return `body_spans` of a text whose header lines are known ([] = it has none)."""
    outside = sorted([*header_spans, *_furniture(text), (len(text), len(text))])
    spans: list[Span] = []
    begin = 0
    for start, end in outside:
        if start > begin and not text[begin:start].isspace():
            spans.append((begin, start))
        begin = max(begin, end)
    return tuple(spans)
