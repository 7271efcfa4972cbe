"""Masks in place of names, and where everything else then stands.

Belongs here: masking one text, moving offsets, and finding known names in other texts. Keep out: finding people (`people.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from transforms.naming.runs import QUOTES, tokens
from transforms.naming.vocabulary import tables

_WORD = re.compile(r"[^\W\d_][\w'’‘`´ʿʾ\-]*")
_IN_WORD = re.compile(r"[\w'’‘`´ʿʾ\-]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS_WORD = re.compile(r"[^\W\d_]+")
REDACTED = "[redacted]"
_NAMES = 50_000  # names whose parts are kept: publishing asks for each three times
SHORTEST_ALONE = 3  # characters of a single name that is masked outside its own span


def mask(number: int) -> str:
    """Return what stands in place of a name: the same for the same name all over a published copy. 0: what was redacted."""
    return f"[name {number}]" if number else REDACTED


@lru_cache(_NAMES)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the parts by which a name is known again, in lower case: without particles, initials, nicknames' quotes, suffixes."""
    skipped = tables()["particle"] | tables()["suffix"]
    found = [token.lower for token in tokens(name) if token.text not in QUOTES and token.lower not in skipped]
    return tuple(part for part in found if len(part.replace(".", "")) > 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) that name person `number`."""

    start: int
    end: int
    number: int


@dataclass(slots=True)
class Masks:
    """The masks of one text: spans in order that do not overlap; `at`: where each mask starts once they are applied."""

    spans: list[Span]
    starts: list[int] = field(init=False)
    at: list[int] = field(init=False)

    def __post_init__(self) -> None:
        chosen: list[Span] = []
        for span in sorted(self.spans, key=lambda s: (s.start, -s.end)):
            if not chosen or span.start >= chosen[-1].end:
                chosen.append(span)
        self.spans, self.starts, self.at, moved = chosen, [span.start for span in chosen], [], 0
        for span in chosen:
            self.at.append(span.start + moved)
            moved += len(mask(span.number)) - (span.end - span.start)

    def apply(self, text: str) -> str:
        """Return the text with a mask in place of each span."""
        return _masked(text, 0, len(text), self.spans)

    def move(self, position: int, *, is_end: bool = False) -> int:
        """Return where a position of the text lies once masked; inside a name it goes to the mask's start, or end for an end."""
        n = bisect_right(self.starts, position) - 1
        if n >= 0 and is_end and self.starts[n] == position:
            n -= 1
        if n < 0:
            return position
        span, length = self.spans[n], len(mask(self.spans[n].number))
        if position >= span.end:
            return self.at[n] + length + position - span.end
        return self.at[n] + length if is_end else self.at[n]

    def part(self, text: str, start: int, end: int) -> str:
        """Return [start, end) of the text, masked: a name that it cuts stands there as its whole mask."""
        first, last = bisect_right(self.starts, start), bisect_left(self.starts, end)
        if first and self.spans[first - 1].end > start:
            first -= 1  # it began before, and reaches in
        inner = self.spans[first:last]
        if not inner:
            return text[start:end]
        return _masked(text, min(start, inner[0].start), max(end, inner[-1].end), inner)


def _masked(text: str, start: int, end: int, spans: Iterable[Span]) -> str:
    """Return [start, end) of the text with a mask in place of each of the spans, which lie in it in order."""
    parts, done = [], start
    for span in spans:
        parts += [text[done : span.start], mask(span.number)]
        done = span.end
    return "".join([*parts, text[done:end]])


class KnownNames:
    """Full names that are masked somewhere, to be found again wherever they stand: all of them in one pass over a text."""

    def __init__(self, names: Mapping[str, int]) -> None:
        """names: name as printed -> number. Names of one part are left out: they may be anybody's, or a place's."""
        self._names: list[tuple[str, str, int]] = []  # as printed, with its first word and its number
        self.by_slug: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for name, number in names.items():
            parts = name_parts(name)
            if len(parts) < 2:
                continue
            printed = " ".join(name.split())
            first = _WORD.match(printed)
            if first:
                self._names.append((printed, first.group(), number))
            slug = tuple(word.lower() for part in parts for word in _ADDRESS_WORD.findall(part))
            if len(slug) > 1:
                self.by_slug.setdefault((slug[0], slug[1]), []).append(slug)
        self._finder = AhoCorasick([_findable(printed) for printed, _, _ in self._names]) if self._names else None

    def spans(self, text: str) -> list[Span]:
        """Return where known names stand in a text: from the beginning of a word to the end of one, of several the longest."""
        found: dict[int, Span] = {}
        for which, start, end in self._finder.find_matches_as_indexes(_findable(text), overlapping=True) if self._finder else ():
            printed, first, number = self._names[which]
            longest = found.get(start)
            if longest is not None and longest.end >= end:
                continue
            if _is_inside_word(text, start) or text[end : end + 1].isalnum():
                continue
            word = _WORD.match(text, start)
            if word is not None and word.group() == first and text.startswith(printed, start):
                found[start] = Span(start, end, number)
        return [found[start] for start in sorted(found)]

    def replaced(self, text: str) -> str:
        """Return the text with known names masked."""
        found = self.spans(text)
        return Masks(found).apply(text) if found else text

    def is_in_address(self, address: str) -> bool:
        """Whether a name stands in an address or file name, its parts in any case and parted by any marks."""
        words = [word.lower() for word in _ADDRESS_WORD.findall(address)]
        return any(
            tuple(words[n : n + len(slug)]) == slug
            for n in range(len(words) - 1)
            for slug in self.by_slug.get((words[n], words[n + 1]), ())
        )


class Mentioned:
    """Names as articles print them, also single ones: whether any of them stands in a few words, in one pass over these."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [name for name in names if len(name) >= SHORTEST_ALONE]
        self._finder = AhoCorasick([_findable(name) for name in self._names]) if self._names else None

    def stand_in(self, text: str) -> bool:
        """Whether `mentions` finds any of the names in a text."""
        found = self._finder.find_matches_as_indexes(_findable(text), overlapping=True) if self._finder else ()
        return any(True for which, _, _ in found for _ in mentions(self._names[which], 0, text))


def _is_inside_word(text: str, position: int) -> bool:
    """Whether a word (see _WORD) that begins earlier reaches over this position."""
    while position and _IN_WORD.match(text, position - 1):
        position -= 1
        if _WORD.match(text, position):
            return True
    return False


def _findable(text: str) -> str:
    """Return the text as the search can take it, character for character: it knows no halves of surrogate pairs."""
    return _SURROGATE.sub("\ufffd", text) if not text.isascii() else text


def pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for any of the names as whole words, the longest first; None for no names."""
    listed = sorted({name for name in names if len(name) >= SHORTEST_ALONE}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, listed))})(?!\w)") if listed else None


def mentions(name: str, number: int, text: str) -> Iterator[Span]:
    """Yield where a name stands in a text as whole words, as `pattern` has it: making that takes longer than looking into a few words."""
    start = text.find(name) if len(name) >= SHORTEST_ALONE else -1
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if not (before == "-" or _is_of_words(before) or _is_of_words(after)):
            yield Span(start, end, number)
        start = text.find(name, start + 1)


def _is_of_words(character: str) -> bool:
    return character.isalnum() or character == "_"
