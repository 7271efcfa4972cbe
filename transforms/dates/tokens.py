"""Cut a sentence into the words that the date grammar reads, and tell at once whether it can hold a date.

The reader's own words (`reading/tokens.py`) keep `12-15` and `9th` whole; dates need them apart, and sentences without
figures have no words yet.

Belongs here: cutting and the gate. Keep out: what the words mean.
"""

from __future__ import annotations

import re

from transforms.dates.vocabulary import vocabulary

# numeric dates whole (2016-03-09, 17.05.2017, 9/3/2016); ordinals whole (9th); clock times whole (9:15)
_TOKEN = re.compile(
    r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?"
    r"|\d(?:(?<![\w.]\d)\d{0,3}(?:-\d{1,2}-|\.\d{1,2}\.|/\d{1,2}/)\d{2,4}(?!\w)"
    r"|\d?(?:[sS][tT]|[nNrR][dD]|[tT][hH])(?!\w)|\d?:\d\d|\d*(?:,\d{3})*)"
    r"|[^\w\s]"
)
_WORD = re.compile(r"[a-z]+")
# `1999`, `9/11`; begins with a digit so that the search runs over letters fast
_YEAR_LIKE = re.compile(r"\d(?:(?<!\d\d)(?:(?<=1)9|(?<=2)0)\d\d(?!\d)|/\d)")
# No sentence that tells of an event is longer; work on a figure is bounded by it.
MAX_TOKENS, MAX_CHARS = 800, 8000


class Tokens:
    """Words as printed, in lower case with plain apostrophes, and (worked out when asked for) their offsets in the text."""

    __slots__ = ("_starts", "_text", "lowers", "words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None
        self.words: list[str] = _TOKEN.findall(text, 0, MAX_CHARS)[:MAX_TOKENS]
        self.lowers: list[str] = [word.lower() for word in self.words]
        if "\u2019" in text:
            self.lowers = [word.replace("\u2019", "'") for word in self.lowers]

    @property
    def starts(self) -> list[int]:
        """Offset of each word in the text it was cut from."""
        if self._starts is None:
            self._starts = []
            end = 0
            for word in self.words:
                start = self._text.index(word, end)
                self._starts.append(start)
                end = start + len(word)
        return self._starts

    def end(self, index: int) -> int:
        """Offset after the word at `index`."""
        return self.starts[index] + len(self.words[index])

    def __len__(self) -> int:
        return len(self.words)

    def low(self, index: int) -> str:
        """The lower-case word at `index`, or an empty string outside."""
        return self.lowers[index] if 0 <= index < len(self.lowers) else ""


def may_hold_date(text: str) -> bool:
    """Return whether any word that starts a date, or a number that looks like a year, stands in the text."""
    if not vocabulary().triggers.isdisjoint(_WORD.findall(text.lower())):
        return True
    return _YEAR_LIKE.search(text) is not None


def cut(text: str) -> Tokens:
    """Cut the text into at most MAX_TOKENS words."""
    return Tokens(text)
