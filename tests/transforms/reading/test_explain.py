"""The marks of `explain`, and the notes on numbers that belong to no figure."""

from __future__ import annotations

import pytest

from transforms.reading.document import Article
from transforms.reading.explain import count, marks, pieces
from transforms.reading.reader import read

TEXT = "At least 12 villagers were killed and 30 houses burned, police said. Five others, including two children, were wounded."


def _marks(text: str, title: str | None = None):  # type: ignore[no-untyped-def]
    return marks(read(Article("a", text, title)))


def test_every_figure_is_marked_with_its_rule() -> None:
    figures = [mark for mark in _marks(TEXT) if mark.number is not None]
    assert [(mark.number, TEXT[mark.start : mark.end], mark.says) for mark in figures] == [
        (1, "At least 12", "killed: at least 12"),
        (2, "Five", "injured: 5"),
        (3, "two", "injured: 2"),
    ]
    assert figures[0].rule == "passive"
    assert ("part of", "#2") in figures[2].details


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        (TEXT, "30", "30 houses: not people"),
        ("On 4 March a soldier was killed.", "4", "4: day of a month"),
        ("Some 200 soldiers came to the town where a man was killed.", "Some 200", "Some 200 soldiers: nothing of what happened to them"),
        ("Rebels could kill 40 people.", "kill", "no fact: planned, possible or conditional"),
    ],
)
def test_what_is_left_out_has_its_reason(text: str, words: str, why: str) -> None:
    assert (words, why) in [(text[mark.start : mark.end], mark.says) for mark in _marks(text) if mark.number is None]


def test_no_number_is_both_a_figure_and_left_out() -> None:
    found = _marks(TEXT)
    figures = {(mark.start, mark.end) for mark in found if mark.number is not None}
    assert figures.isdisjoint((mark.start, mark.end) for mark in found if mark.number is None)


@pytest.mark.parametrize("text", [TEXT, "Nothing here.", "3 dead 4 dead", "\u202e12 killed\x00, 3 hurt \ud800."])
def test_pieces_joined_are_the_text(text: str) -> None:
    article = Article("a", text, "Five killed")
    found = marks(read(article))
    for in_title, whole in ((True, "Five killed"), (False, text)):
        cut = list(pieces(article, found, in_title=in_title))
        assert "".join(piece.text for piece in cut) == whole
        here = [mark for mark in found if mark.in_title == in_title]
        assert [mark for piece in cut for mark in piece.opens] == here
        assert len([mark for piece in cut for mark in piece.closes]) == len(here)


@pytest.mark.parametrize(
    ("lowest", "highest", "bound", "words"),
    [
        (12, 12, "exact", "12"),
        (12, None, "at_least", "at least 12"),
        (None, 12, "at_most", "at most 12"),
        (12, 15, "range", "12 to 15"),
        (300, 300, "about", "about 300"),
        (None, None, "vague", "a number that is not said"),
    ],
)
def test_counts_in_words(lowest: int | None, highest: int | None, bound: str, words: str) -> None:
    assert count(lowest, highest, bound) == words
