"""Masks go in place of names, and every position moves with them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from transforms.naming.masking import KnownNames, Masks, Span, mask, mentions, pattern

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


NAMES = {"Rosa Lindqvist": 4, "Rosa Lindqvist Berg": 5, "Abd al-Karim Sato": 6, "O’Neil  Harte": 7, "Umm-al-Sato Li-Berg": 8}


@given(
    st.lists(
        st.sampled_from(
            [
                "Rosa ",
                "Lindqvist",
                " Berg",
                "Abd al-",
                "Karim Sato",
                "O’Neil Harte",
                "O’Neil",
                "Umm-al-Sato Li",
                " ",
                "s",
                "-",
                "’",
                ", ",
                "1",
                "é",
                "_",
                "\ud800",
            ]
        ),
        max_size=14,
    )
)
def test_known_names_are_where_a_word_begins_with_them_the_longest_first(pieces: list[str]) -> None:
    """One pass for all names finds what asking at each word finds."""
    text = "".join(pieces)
    found = []
    for start in (match.start() for match in re.finditer(r"[^\W\d_][\w'’‘`´ʿʾ\-]*", text)):
        for name, number in sorted(NAMES.items(), key=lambda item: -len(item[0])):
            printed = " ".join(name.split())
            end = start + len(printed)
            word = re.match(r"[\w'’‘`´ʿʾ\-]*", text[start:])
            if text[start:end] == printed and not text[end : end + 1].isalnum() and word and word.group() == printed.split(" ")[0]:
                found.append(Span(start, end, number))
                break
    assert KnownNames(NAMES).spans(text) == found


@given(st.lists(st.sampled_from(["Rosa", "Rosa Li", "Rosa Lim", "Li", "Al", " ", "-", "_", "1", "’s", ", ", "é", "Lim"]), max_size=12))
def test_words_of_an_article_lose_its_names_as_the_pattern_of_them_finds_them(pieces: list[str]) -> None:
    text, names = "".join(pieces), {"Rosa": 1, "Rosa Li": 2, "Lim": 3, "Li": 4, "Al-Rosa": 5}
    found = pattern(names)
    assert found is not None
    spans = [span for name, number in names.items() for span in mentions(name, number, text)]
    assert Masks(spans).apply(text) == found.sub(lambda match: mask(names[match.group()]), text)
