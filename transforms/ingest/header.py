"""The header of a news page saved as text: title, byline, publisher, publication day, address and topic labels.

A page is recognised by its lines before the first paragraph of prose: `By …`, `Publisher, July 27, 2018`,
`Published: 27 July 2018`, `Region: …`. Labels and marks are in `lexicon/page_marks.csv`. Lines that are not recognised
(a standfirst) stay body.

Belongs here: what stands above the body. Keep out: footers and other furniture (`boilerplate.py`), and whom a page
names as the original publisher (`republished.py`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from transforms.ingest.days import DAY, find_day
from transforms.ingest.marks import has_label, is_outlet, label_of

Span = tuple[int, int]

_HEAD_CHARS, _HEAD_LINES = 4000, 16
_GATE_CHARS = 400  # a header line is short even with its link markup
_TITLE_MAX, _PROSE_MIN, _NAME_WORDS = 250, 140, 8
_WRAP_MAX = 100  # a longer line is a whole paragraph, not one of wrapped text
_SENTENCE_END = re.compile(r"[.!?;:,][\"'\u201d\u2019)]*$")
_YEAR = re.compile(r"\d{4}")
_MARKUP = re.compile(r"\[([^\[\]]{0,200})\]\([^()]{0,500}\)")  # bounded: a text of brackets must not take hours
_WEEKDAY_OR_TIME = re.compile(
    # what stands before and behind is taken once and never given back: a run of spaces must not take hours
    r"^[\s,|\u00b7\u2013\u2014-]*+(?:[A-Z][a-z]{2,8}day|Mon|Tue|Wed|Thu|Fri|Sat|Sun)?[.,\s]*+$"
    r"|^[T\s,|\u00b7\u2013\u2014-]*+(?:at\s)?(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*+(?:[ap]\.?m\.?)?)?"
    r"\s*+(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4})?[\s.|]*+$"
)


@dataclass(slots=True)
class Header:
    """What a page's header says. `spans`: its lines in the text; `wrong_day`: a printed day that no calendar has."""

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_on: date | None = None
    wrong_day: str | None = None
    spans: list[Span] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # stripped, link markup taken off
    after_blank: bool
    before_blank: bool


def plain(text: str) -> str:
    """Return the text without link markup, heading marks and emphasis: `[South Front](#)` becomes `South Front`."""
    unlinked = _MARKUP.sub(r"\1", text) if "[" in text else text
    return unlinked.strip().lstrip("#").strip("*_ \t\r")


def _head_lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    head, offset, blank_before = text[:_HEAD_CHARS], 0, True
    lines = head.split("\n")
    for index, line in enumerate(lines):
        start, offset = offset, offset + len(line) + 1
        if not line.strip():
            blank_before = True
            continue
        blank_after = index + 1 >= len(lines) or not lines[index + 1].strip()
        found.append(_Line(start, start + len(line), plain(line), blank_before, blank_after))
        blank_before = False
        if len(found) == _HEAD_LINES:
            break
    return found


def _is_title(lines: list[_Line]) -> bool:
    """Return whether the first line reads like a headline over more text, not like the first line of prose."""
    if len(lines) < 2 or not lines[0].text or len(lines[0].text) > _TITLE_MAX:
        return False
    if lines[0].text.endswith((".", ";", ",")):
        return False
    following = lines[1].text
    return lines[0].before_blank or not following[:1].islower()


def _name_like(text: str) -> bool:
    """Return whether the text looks like a name: few words, no figures, an upper-case start, no sentence end."""
    words = text.split()
    if not 1 <= len(words) <= _NAME_WORDS or any(character.isdigit() for character in text):
        return False
    return text[0].isupper() and not _SENTENCE_END.search(text)


def _byline(line: _Line, following: _Line | None) -> str | None:
    """Return the author of a byline, else None.

    `By` opens lines of prose too, so a byline has a blank line, a header line or a paragraph in one line below it.
    """
    label, rest = label_of(line.text, "byline")
    if label is None:
        return None
    alone = line.before_blank or following is None or len(following.text) > _WRAP_MAX
    if not alone and following is not None:
        alone = (_labelled(Header(), following) or _dated(Header(), following)) is not None
    name = rest.split(" | ")[0].strip(" :|")
    return name if alone and name and _name_like(name.replace(",", "")) else None


def _is_publisher(name: str, header: Header) -> bool:
    """Return whether the name before a printed day is the publisher's: capitalised, and not just a town."""
    if not _name_like(name) or any(word[0].islower() for word in name.split() if len(word) > 3):
        return False
    return header.byline is not None or is_outlet(name) or len(name.split()) > 1


def _stated_part(line: _Line) -> tuple[str, str]:
    """Return the kind and the rest of a line that opens with a label for days; ("", the line) without one."""
    for kind in ("published", "updated"):
        label, rest = label_of(line.text, kind)
        if label is not None and rest:
            return kind, rest.lstrip(" :|")
    return "", line.text


def _dated(header: Header, line: _Line) -> str | None:
    """Read a line that is nothing but a publication day, with or without label or publisher; return its kind."""
    kind, text = _stated_part(line)
    if text.endswith(".") or not _YEAR.search(text):
        return None
    try:
        found = find_day(text)
    except ValueError:
        if kind != "updated" and len(line.text) <= _PROSE_MIN // 2:
            header.wrong_day = line.text
        return None
    if found is None or not _WEEKDAY_OR_TIME.match(text[found[2] :]):
        return None
    before = text[: found[1]]
    if not _WEEKDAY_OR_TIME.match(before):
        name = before.rstrip(f"{string.whitespace}\u00a0,|\u00b7\u2013\u2014-")
        if kind or name == before.rstrip() or not _name_like(name):
            return None
        if _is_publisher(name, header):
            header.publisher, kind = header.publisher or name, "publisher"
        elif len(name.split()) > 1:
            return None  # a headline that ends in a day
    if kind != "updated":
        header.published_on = header.published_on or found[0]
    return kind or "published"


def _labelled(header: Header, line: _Line) -> str | None:
    """Read a line that opens with a label of its own (`Region:`, `Publisher:`, `URL:`); return its kind."""
    if label_of(line.text, "label")[0] is not None:
        return "label"
    for kind in ("publisher", "url"):
        label, rest = label_of(line.text, kind)
        if label is not None and rest:
            if getattr(header, kind) is None:
                setattr(header, kind, rest)
            return kind
    return None


def _recognised(header: Header, lines: list[_Line]) -> Iterator[tuple[_Line, str]]:
    """Yield the header lines below the title with their kinds, up to the first line of prose."""
    for index, line in enumerate(lines):
        kind = _labelled(header, line) or (_dated(header, line) if len(line.text) < _PROSE_MIN else None)
        if kind is None and len(line.text) < _PROSE_MIN:
            author = _byline(line, lines[index + 1] if index + 1 < len(lines) else None)
            if author is not None:
                header.byline = header.byline or author
                kind = "byline"
        if kind is not None:
            yield line, kind
        elif len(line.text) >= _PROSE_MIN or (line.text.endswith((".", "!", '"', "\u201d")) and len(line.text.split()) > _NAME_WORDS):
            return


def read_header(text: str, *, first_is_title: bool = True) -> Header:
    """Return the header of a text that holds one page.

    first_is_title: a first line that reads like a headline is the title (False: the title is known from elsewhere).
    """
    header, lines = Header(), _head_lines(text)
    titled = first_is_title and _is_title(lines) and not has_label(lines[0].text)
    for line, kind in _recognised(header, lines[1:] if titled else lines):
        header.kinds.add(kind)
        header.spans.append((line.start, line.end))
    if titled:
        header.title = lines[0].text
        header.spans.insert(0, (lines[0].start, lines[0].end))
    return header


def _may_have_header(text: str) -> bool:
    """Return whether a short line of the head begins with a label or holds a day: the cheap look first."""
    for line in text[:_HEAD_CHARS].split("\n", _HEAD_LINES * 3)[: _HEAD_LINES * 3]:
        if len(line) <= _GATE_CHARS and (has_label(line) or (_YEAR.search(line) is not None and DAY.search(line) is not None)):
            return True
    return False


def saved_header(text: str, *, first_is_title: bool = True) -> Header:
    """Return the header of any text: the first line is its title only when the lines below it show a saved page.

    That takes two kinds of header lines, one of them a byline, a publisher or a topic label; otherwise only the
    header lines themselves are taken out, and a headline printed above the text stays part of it.
    """
    if not _may_have_header(text):
        return Header()
    header = read_header(text, first_is_title=first_is_title)
    shown = len(header.kinds - {"updated"}) >= 2 and bool(header.kinds & {"byline", "publisher", "label"})
    if header.title is not None and not shown:
        header.title = None
        header.spans.pop(0)
    return header
