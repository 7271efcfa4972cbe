"""Which unknown sources a person is shown first, and which names are nearly the same."""

from __future__ import annotations

import pytest

from tests.warehouse.made import READ_AT, empty_warehouse, put_article, put_figure
from warehouse.rebuild import rebuild_core
from warehouse.source_review import nearly_the_same, review


def test_names_that_differ_by_a_letter_a_title_or_the_order_of_words_are_nearly_the_same() -> None:
    others = ["Hilltop Monitoring Group", "Ahmed Karim", "Valley Watch", "Karim"]
    found = nearly_the_same(["Hilltop Monitering Group", "Dr Ahmed Karim", "Karim Ahmed", "River Post"], others)
    assert {name: [other.name for other in alike] for name, alike in found.items()} == {
        "Hilltop Monitering Group": ["Hilltop Monitoring Group"],
        "Dr Ahmed Karim": ["Ahmed Karim"],
        "Karim Ahmed": ["Ahmed Karim"],
    }


def test_a_misspelt_organisation_is_shown_beside_that_of_the_lexicon() -> None:
    (alike,) = nearly_the_same(["Syrian Observatry for Human Rights"], [])["Syrian Observatry for Human Rights"][:1]
    assert alike.name == "Syrian Observatory for Human Rights" and 90 < alike.likeness < 100


def test_no_source_is_nearly_itself() -> None:
    assert nearly_the_same(["Valley Watch"], ["Valley Watch", "The Valley Watch"]) == {}


@pytest.mark.integration
def test_the_unknown_come_by_their_figures_and_the_known_and_unnamed_not_at_all() -> None:
    con = empty_warehouse()
    said = [("Valley Watch", "10"), ("the Valley Watch", "11"), ("River Post Committee", "12"), ("SOHR", "13"), ("activists", "14")]
    for number, (source, words) in enumerate(said):
        version = put_article(con, f"a{number}", publisher=f"Paper {number}", text=f"{source} counted {words} at the ford.")
        put_figure(con, version, f"a{number}", words, source_text=source, source_kind="monitor", sentence=f"{source} counted {words}.")
    rebuild_core(con, READ_AT)
    first, second = review(con)
    assert (first.name, first.kind, first.n_figures, first.n_quotes, first.n_articles, first.n_publishers) == (
        "Valley Watch",
        "monitor",
        2,
        2,
        2,
        2,
    )
    assert first.spelled == ("Valley Watch", "the Valley Watch") and first.sentence == "Valley Watch counted 10."
    assert second.name == "River Post Committee"
    assert review(con, only_alike=True) == []
