"""The option that counts suicide attackers: off by default; on, one figure where the text does not state their death."""

from __future__ import annotations

from typing import Any

import pytest

from transforms.reading.document import Article
from transforms.reading.options import ReadingOptions
from transforms.reading.reader import READER_VERSION, read

COUNTING = ReadingOptions(count_suicide_attackers=True)


def killed(text: str, options: ReadingOptions) -> Any:
    return (read(Article("a", text), options=options).main_incident["killed"] or {}).get("count_min")


@pytest.mark.parametrize(
    ("why", "text", "off", "on"),
    [
        ("the attacker is one more", "A suicide bomber blew himself up in Orlen, killing nine traders.", 9, 10),
        ("attackers are counted as told", "Two suicide bombers detonated their vests in Orlen. The blasts killed nine traders.", 9, 11),
        ("a sentence without an outcome", "A suicide car bomber rammed a gate in Orlen. Six guards were wounded.", None, 1),
        ("a stated death is counted once", "A suicide bomber struck in Orlen. Nine traders were killed. The bomber also died.", 10, 10),
        ("killing himself is stated", "A suicide bomber struck a bank, killing himself and two clerks.", 3, 3),
        ("an attack that failed", "Police arrested a suicide bomber who had attacked a bank in Orlen. Nobody was killed.", 0, 0),
        ("no suicide attack", "A bomber struck a market in Orlen, killing nine traders.", 9, 9),
    ],
)
def test_the_option(why: str, text: str, off: int | None, on: int | None) -> None:
    assert (killed(text, ReadingOptions()), killed(text, COUNTING)) == (off, on), why


def test_figures_read_either_way_are_told_apart() -> None:
    article = Article("a", "A suicide bomber blew himself up in Orlen, killing nine traders.")
    assert {row["reader_version"] for row in read(article).figures} == {READER_VERSION}
    counted = read(article, options=COUNTING).figures
    assert {row["reader_version"] for row in counted} == {f"{READER_VERSION}+suicide-attackers"}
    assert [(row["rule"], row["quantity_text"]) for row in counted] == [("suicide_attacker", "A"), ("active", "nine")]
