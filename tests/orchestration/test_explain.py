"""`casualties explain`: what is printed of an article, and that nothing in it acts on a terminal."""

from __future__ import annotations

from orchestration.cli.explain import lines
from transforms.reading.document import Article
from transforms.reading.reader import read


def _printed(text: str, title: str | None = None) -> str:
    article = Article("a", text, title)
    return "\n".join(lines(article, read(article)))


def _plain(text: str) -> str:
    """Without the styles that this command itself sets."""
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        text = text.replace(code, "")
    return text


def test_figures_are_marked_in_the_text_and_listed_with_their_rule() -> None:
    printed = _plain(_printed("12 villagers were killed and 30 houses burned."))
    assert "[12 #1] villagers were killed and {30 -} houses burned." in printed
    assert "#1 “12”  killed: 12  (rule: passive)" in printed
    assert "“30”  <- 30 houses: not people" in printed
    assert "Main incident: killed: 12; injured: not said" in printed


def test_an_article_without_figures_says_so() -> None:
    assert "Figures: none" in _printed("The harvest was good.")


def test_hostile_text_does_nothing_on_a_terminal() -> None:
    printed = _plain(_printed("\x1b]0;owned\x07\u202e5 men were killed\x1b[2J in Homs.\r\nB\x08\x9b31m.", "\x1b[31mFive killed"))
    assert all(character.isprintable() or character == "\n" for character in printed)
    assert "#1" in printed
