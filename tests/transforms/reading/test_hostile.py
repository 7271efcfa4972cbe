"""Hostile texts: reading takes time linear in the length, whatever the text is.

Times are compared between a text and one four times as long: growth is what is asserted, with room for noise, not speed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest

from transforms.reading.document import Article
from transforms.reading.reader import read

# What each text is made of, so that a piece can be repeated to any length.
PIECES: dict[str, str] = {
    "digits": "7",
    "digits and spaces": "7 ",
    "quotes": '"',
    "curly quotes": "“",
    "brackets": "(",
    "one word": "a",
    "hyphens": "a-",
    "asterisks": "k*",
    "number words": "hundred ",
    "numbers": "12 people, ",
    "killed": "killed ",
    "killed numbers": "12 killed ",
    "and": "a man and ",
    "commas": ", ",
    "who": "the man who ",
    "of": "one of ",
    "including": "including 3 ",
    "sentences": "Nine people were killed in Orlen on Friday, police said. ",
    "stops": "Two died. ",
    "dots": ".",
    "line breaks": "\n",
    "capitals": "Al ",
    "said": "he said ",
    "names": "Khalil Darwish, 32, ",
    "parts": "12 people died, two of them children, ",
    "dates": "on 8 March ",
    "possessives": "the mayor's ",
    "spaces": " ",
    "soft hyphens": "\u00ad",
    "surrogates": "\ud800",
    "NULs": "\x00",
    "asides": ", who said, ",
    "initials": "J. ",
    "nothing before a number": "at least ",
    "nested brackets": "([{",
    "closing brackets": ")]}",
    "marks of direction": "\u200f\u200e",
    "words cut by zero-width spaces": "ki\u200blled 1\u200b2 ",
    "byte order marks": "\ufeffa ",
    "spaces that do not break": "12\u00a0",
    "Arabic-Indic digits": "٢٥ people, ",
    "ranges": "12—15, ",
    "lines of bullets": "\n • 12 killed",
    "spaces before bullets": "   •",
    "words of films": "film actor drama killed a ",
    "obituaries": "died aged 93, ",
    "idioms": "dead and buried ",
    "rates": "die each year ",
}
_SMALL, _FACTOR, _ALLOWED, _FLOOR_SECONDS = 8_000, 4, 9.0, 0.08


def seconds(action: Callable[[], object]) -> float:
    """Return the processor time: what else runs on the machine is no fault of the reader."""
    began = time.process_time()
    action()
    return time.process_time() - began


def reading_of(piece: str, length: int) -> Callable[[], object]:
    text = "Nine people were killed. " + (piece * (length // len(piece) + 1))[:length] + " were killed in Orlen."
    return lambda: read(Article("a", text, read_spans=((0, len(text)),)))


@pytest.mark.integration
@pytest.mark.parametrize("piece", [pytest.param(PIECES[name], id=name) for name in PIECES])
def test_time_grows_with_the_length_only(piece: str) -> None:
    reading_of(piece, 100)()
    small = min(seconds(reading_of(piece, _SMALL)) for _ in range(2))
    allowed = max(_FLOOR_SECONDS, small) * _ALLOWED
    large = seconds(reading_of(piece, _SMALL * _FACTOR))
    if large >= allowed:  # processor time too grows with what runs beside: only what happens again is the reader's
        large = min(large, *(seconds(reading_of(piece, _SMALL * _FACTOR)) for _ in range(2)))
    assert large < allowed, f"{small:.3f} s for {_SMALL:,} characters, {large:.3f} s for {_FACTOR} times as many"


@pytest.mark.integration
@pytest.mark.parametrize(
    ("piece", "length"),
    [
        ("7", 10_000_000),
        ('"', 100_000),
        ("a", 1_000_000),
        ("Rain fell on Orlen. ", 10_000_000),
        ("12 people, ", 55_000),
        ("k*", 1_000_000),
        ("\u00ad", 10_000_000),
        ("\ud800", 1_000_000),
        ("\x00", 10_000_000),
        ("(", 1_000_000),
    ],
    ids=[
        "10 MB of digits",
        "100,000 quotes",
        "a word of 1 MB",
        "10 MB without a casualty",
        "5,000 numbers",
        "1 MB of asterisks",
        "10 MB of soft hyphens",
        "1 MB of lone surrogates",
        "10 MB of NULs",
        "1 MB of brackets",
    ],
)
def test_large_texts_end(piece: str, length: int) -> None:
    assert seconds(reading_of(piece, length)) < 30


@pytest.mark.integration
def test_time_is_linear_at_every_doubling() -> None:
    """n, 2n, 4n: each doubling takes at most three times as long, measured on the least of three readings each."""
    for name in ("nested brackets", "numbers", "quotes", "words cut by zero-width spaces", "digits and spaces"):
        times = [min(seconds(reading_of(PIECES[name], length)) for _ in range(3)) for length in (20_000, 40_000, 80_000)]
        for shorter, longer in pairwise(times):
            assert longer < max(_FLOOR_SECONDS, shorter) * 3, f"{name}: {times}"


@pytest.mark.integration
def test_body_is_found_in_linear_time() -> None:
    """Without given spans the reader decides itself what is body."""
    for piece in ("Share on Facebook\n", "Related: ", "* ", "\n\n", "By ", "Copyright © "):
        small = seconds(lambda piece=piece: read(Article("a", piece * 2_000)))  # type: ignore[misc]
        large = seconds(lambda piece=piece: read(Article("a", piece * 8_000)))  # type: ignore[misc]
        assert large < max(_FLOOR_SECONDS, small) * _ALLOWED, piece


def test_a_short_hostile_text_is_no_matter() -> None:
    """The quick form of the above, for every run: each piece at a few hundred characters."""
    for piece in PIECES.values():
        assert seconds(reading_of(piece, 400)) < 2
