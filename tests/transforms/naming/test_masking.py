"""Masks go in place of names, and every position moves with them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transforms.naming.masking import KnownNames, Masks, Span, mask

TEXT = "Ada Lovelace and Bo Li were hurt; Ada Lovelace died."
MASKS = Masks([Span(0, 12, 1), Span(17, 22, 2), Span(34, 46, 1)])


def test_a_text_is_masked_and_positions_move() -> None:
    masked = MASKS.apply(TEXT)
    assert masked == "[name 1] and [name 2] were hurt; [name 1] died."
    for word in ("and", "hurt", "died"):
        start = TEXT.index(word)
        assert masked[MASKS.move(start) : MASKS.move(start + len(word), is_end=True)] == word


def test_a_part_that_cuts_a_name_holds_its_whole_mask() -> None:
    assert MASKS.part(TEXT, 4, 16) == "[name 1] and"
    assert MASKS.part(TEXT, 23, 32) == "were hurt"


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=6), st.integers(0, 39), st.integers(1, 12))
def test_a_span_leads_to_its_masked_words(spans: list[tuple[int, int]], start: int, length: int) -> None:
    text = "".join(chr(ord("a") + n % 26) for n in range(60))
    masks = Masks([Span(at, at + size, n + 1) for n, (at, size) in enumerate(spans)])
    end = min(start + length, len(text))
    moved = masks.move(start), masks.move(end, is_end=True)
    assert moved[0] < moved[1]
    assert masks.apply(text)[slice(*moved)] == masks.part(text, start, end)


def test_known_names_are_found_elsewhere_as_whole_names_only() -> None:
    known = KnownNames({"Rosa Lindqvist": 4, "Bo": 5})
    assert known.replaced("Rosa Lindqvist, Rosa Lindqvists, Bo") == f"{mask(4)}, Rosa Lindqvists, Bo"
    assert known.is_in_address("https://example.org/a/rosa_lindqvist-dies.html")
    assert not known.is_in_address("https://example.org/lindqvist/rosa")
