"""Cut a sentence into the words that the date grammar reads, and tell at once whether it can hold a date.

The reader's own words (`reading/tokens.py`) keep `12-15` and `9th` whole; dates need them apart, and sentences without
figures have no words yet.

Belongs here: cutting and the gate. Keep out: what the words mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from transforms.dates.vocabulary import vocabulary

# numeric dates whole (2016-03-09, 17.05.2017, 9/3/2016); ordinals whole (9th); clock times whole (9:15)
_TOKEN = re.compile(
    r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?"
    r"|\d(?:(?<![\w.]\d)\d{0,3}([-./])\d{1,2}\1\d{2,4}(?!\w)|\d?(?:[sS][tT]|[nNrR][dD]|[tT][hH])(?!\w)|\d?:\d\d|\d*(?:,\d{3})*)"
    r"|[^\w\s]"
)
_WORD = re.compile(r"[a-z]+")
_YEAR_LIKE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# No sentence that tells of an event is longer; work on a figure is bounded by it.
MAX_TOKENS = 800


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words as printed, in lower case with plain apostrophes, and their offsets in the text they were cut from."""

    words: list[str]
    lowers: list[str]
    starts: list[int]
    ends: list[int]

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
    found = list(islice(_TOKEN.finditer(text), MAX_TOKENS))
    words = [match.group() for match in found]
    lowers = [word.lower() for word in words]
    if "\u2019" in text:
        lowers = [word.replace("\u2019", "'") for word in lowers]
    return Tokens(words, lowers, [match.start() for match in found], [match.end() for match in found])
