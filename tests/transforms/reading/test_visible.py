"""What is not seen: the text without it, offsets that lead back, and numbers in all their printed forms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.reading.document import Article
from transforms.reading.reader import read
from transforms.reading.visible import visible

HIDDEN = "\u200f\u200e\u200b\u200c\u200d\u00ad\ufeff\u2060\u202a\u202e\u2066\u2069\u061c\u180e\u034f\ufe0f\x00"
MIXED = st.text(alphabet="ab 1.é‑–" + HIDDEN, max_size=40)


def figures(text: str) -> list[tuple[str, str, int | None, int | None]]:
    """Outcome, printed number, lowest and highest count; every number stands where its offsets say."""
    rows = read(Article("a", text, read_spans=((0, len(text)),))).figures
    assert all(text[row["char_start"] : row["char_end"]] == row["quantity_text"] for row in rows)
    return [(row["outcome"], row["quantity_text"], row["count_min"], row["count_max"]) for row in rows]


@settings(max_examples=300, derandomize=True)
@given(text=MIXED)
def test_every_span_leads_back_to_the_characters_it_came_from(text: str) -> None:
    view = visible(text)
    places = [i for i, character in enumerate(text) if character not in HIDDEN]
    assert len(view.text) == len(places)
    assert view.text == "".join(text[i] for i in places).replace("\u2011", "-")
    for start in range(len(places)):
        assert view.stored(start, start + 1) == (places[start], places[start] + 1)
        assert view.stored(start, len(places)) == (places[start], places[-1] + 1)


@settings(max_examples=300, derandomize=True)
@given(text=MIXED, data=st.data())
def test_a_stored_offset_moves_left_by_what_is_hidden_before_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert visible(text).seen(offset, offset)[0] == sum(character not in HIDDEN for character in text[:offset])


def test_a_text_without_any_is_not_copied() -> None:
    for text in ("Nine died.\n", "Nine died – in Orlen’s café."):
        assert visible(text).text is text


@pytest.mark.parametrize("mark", HIDDEN, ids=ascii)
def test_hidden_characters_are_read_over_around_and_inside_words(mark: str) -> None:
    around = f"A bomb{mark} {mark}killed{mark} {mark}12{mark} {mark}people{mark}."
    assert figures(around) == [("killed", "12", 12, 12)]
    assert figures(f"A bomb ki{mark}lled 1{mark}2 peo{mark}ple.") == [("killed", f"1{mark}2", 12, 12)]
    assert figures(f"Two died.{mark} {mark}Nine were hurt.") == [("killed", "Two", 2, 2), ("injured", "Nine", 9, 9)]


def test_control_characters_part_words() -> None:
    for control in "\x07\x1b\x7f":
        assert figures(f"It rang{control}9 people were killed.") == [("killed", "9", 9, 9)]


def test_a_space_that_does_not_break_is_a_space() -> None:
    for space in "\u00a0\u202f\u2009\u3000":
        assert figures(f"A bomb{space}killed{space}12{space}people.") == [("killed", "12", 12, 12)]


def test_headline_and_spans_lead_back_too() -> None:
    title, text = "Bomb\u200b kills\u00ad 12", "\ufeffPage\u200b one. Nine\u00ad people were killed. Two died."
    spans = ((text.index("Nine"), text.index(" Two")),)
    rows = read(Article("a", text, title, read_spans=spans)).figures
    assert [(row["in_title"], row["quantity_text"]) for row in rows] == [(True, "12"), (False, "Nine")]
    assert title[rows[0]["char_start"] : rows[0]["char_end"]] == "12"
    assert rows[1]["char_start"] == text.index("Nine")
    assert rows[1]["sentence"] == "Nine\u00ad people were killed."


@pytest.mark.parametrize(
    ("number", "low", "high"),
    [
        ("1,200", 1200, 1200),
        ("1.200", 1200, 1200),
        ("1'200", 1200, 1200),
        ("1’200", 1200, 1200),
        ("3 000", 3000, 3000),
        ("3\u00a0000", 3000, 3000),
        ("3\u202f000", 3000, 3000),
        ("12,00,000", 1200000, 1200000),
        ("٢٥", 25, 25),
        ("۲۵", 25, 25),
        ("١٬٢٠٠", 1200, 1200),
        ("25,000-30,000", 25000, 30000),
        *((f"12{dash}15", 12, 15) for dash in "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d~"),
        *((f"12 {dash} 15", 12, 15) for dash in "-\u2010\u2011\u2012\u2013\u2212"),
    ],
)
def test_numbers_in_their_printed_forms(number: str, low: int, high: int) -> None:
    assert figures(f"A flood killed {number} people.") == [("killed", number, low, high)]


def test_long_dashes_between_words_are_pauses() -> None:
    assert figures("Two died—nine were hurt.") == [("killed", "Two", 2, 2), ("injured", "nine", 9, 9)]
