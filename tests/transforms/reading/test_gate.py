"""The gate may let too much pass, never too little: what it holds back is not read at all."""

from __future__ import annotations

import pytest

from transforms.reading.document import Article, Document
from transforms.reading.gate import is_within, outcome_places, tells_of_attack
from transforms.reading.outcomes import outcomes
from transforms.reading.sentences import sentences
from transforms.reading.vocabulary import GOAL_FORMS, outcome_words

WORDS = sorted({(" ".join(word.words), word.form) for found in outcome_words().values() for word in found})
GOALS = {"to_death": "to death", "to_hospital": "to a hospital", "in_body": "in the head"}


def test_every_outcome_word_of_the_lexicon_passes_in_either_case() -> None:
    """A word that is added to the lexicon and missed here would never be read."""
    missed = [
        phrase
        for phrase, form in WORDS
        for text in (f"On Monday two {phrase} {GOALS.get(form, 'there')}.", f"TWO {phrase.upper()}\n{GOALS.get(form, '').upper()}")
        if not outcome_places(text)
    ]
    assert missed == []


@pytest.mark.parametrize("text", ["*killed*", "_killed_", "re-killed", "Killed;", "(killed)", "kílled killed", "𝔸 killed", "\ud800killed"])
def test_marks_around_a_word_hide_it_from_nobody(text: str) -> None:
    """Markup, other scripts and broken characters stand beside words in real pages."""
    (place,) = outcome_places(text)
    assert text[place:].lstrip("_").lower().startswith("killed"), "offsets count characters, not bytes"


def test_a_verb_that_needs_a_goal_passes_only_where_one_is_named() -> None:
    """`taken` alone stands in half of all news."""
    assert "to_hospital" in GOAL_FORMS and outcome_places("He was taken to the meeting.") == []
    assert outcome_places("He was taken to the city's hospital.") != []
    assert outcome_places("The club was hit by a loss in the market.") == []
    assert outcome_places("A boy was hit twice in his upper arm.") != []


def test_words_are_whole_and_in_order() -> None:
    """`diet` is no `die`; `away … passed` is no `passed away`."""
    assert outcome_places("His diet, his skills and the away side that passed.") == []
    assert outcome_places("He passed\naway.") == [3]


@pytest.mark.parametrize(("start", "end", "within"), [(0, 3, False), (0, 4, True), (4, 9, False), (8, 20, True), (10, 20, False)])
def test_a_span_holds_its_start_and_not_its_end(start: int, end: int, within: bool) -> None:
    """Sentences touch: a word belongs to one of them."""
    assert is_within([3, 9], start, end) is within


def test_a_sentence_is_marked_for_its_own_words_only() -> None:
    """Most sentences of an article with outcome words have none: these are not cut into words."""
    document = sentences(Document(Article("a", "It rained. Two men were killed. Shops closed.", title="Men killed")))
    assert [sentence.may_tell for sentence in document.sentences] == [True, False, True, False]
    assert set(outcomes(document).marks) == {0, 2}


def test_a_word_for_an_attack_makes_a_note() -> None:
    """Nobody was hurt, and still there was an incident with a day and a place."""
    assert tells_of_attack("A bombing damaged the bank.") and not tells_of_attack("The bank raised its rates.")
