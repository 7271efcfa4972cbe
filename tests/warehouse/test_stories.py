"""Stories: which texts count as one text."""

from __future__ import annotations

import random

import pytest

from warehouse.stories import find_stories

# a database is made and filled, or a heavy library imported: too slow for the unit tests
pytestmark = pytest.mark.integration

_WORDS = [f"word{number}" for number in range(4000)]


def _text(seed: int, words: int = 200) -> str:
    return " ".join(random.Random(seed).choices(_WORDS, k=words))


def test_a_reprint_with_another_head_and_a_cut_end_is_the_same_story() -> None:
    agency = _text(1)
    reprint = "Another headline of seven other words " + " ".join(agency.split()[:180])
    assert find_stories([(5, agency), (9, reprint), (7, _text(2))]) == {5: 5, 7: 7, 9: 5}


def test_an_agency_text_inside_a_long_local_page_is_that_story() -> None:
    agency = _text(1, 120)
    page = f"{_text(2, 150)}\n\n{agency}\n\n{_text(3, 150)}"
    assert find_stories([(8, agency), (3, page)]) == {8: 3, 3: 3}


def test_a_digest_does_not_make_one_story_of_the_two_texts_it_holds() -> None:
    longer, shorter = _text(1, 200), _text(2, 120)
    found = find_stories([(1, longer), (2, shorter), (3, f"{longer}\n{shorter}")])
    assert found[3] == found[1] != found[2]


def test_equal_texts_are_one_story_however_short_and_empty_ones_too() -> None:
    assert find_stories([(4, "Two dead in Tarba"), (2, "two  dead in Tarba."), (6, "Three dead in Tarba")]) == {2: 2, 4: 2, 6: 6}
    assert find_stories([]) == {}


def test_a_shared_paragraph_of_boilerplate_is_no_story() -> None:
    footer = " ".join(f"footer{number}" for number in range(40))
    found = find_stories([(1, f"{_text(1, 90)} {footer}"), (2, f"{_text(2, 90)} {footer}")])
    assert found == {1: 1, 2: 2}


def test_the_order_of_the_texts_plays_no_part() -> None:
    texts = [(number, f"{_text(number // 3)} tail {number}") for number in range(30)]
    shuffled = texts.copy()
    random.Random(7).shuffle(shuffled)
    assert find_stories(texts) == find_stories(shuffled) == {number: number // 3 * 3 for number in range(30)}
