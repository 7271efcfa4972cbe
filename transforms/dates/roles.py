"""What each date of a sentence is a date of.

`killed on Friday` dates the event; `said on Friday` the saying; `since Friday` opens a count; `the deadliest since 2014`
compares; `tomorrow` has not happened. Only the first may date a figure.

Belongs here: that decision, from the words around the date. Keep out: which figure a date belongs to (`reading/dates.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transforms.dates.calendar import Days
from transforms.dates.cues import cue_words
from transforms.dates.expression import Mention
from transforms.dates.tokens import Tokens
from transforms.dates.vocabulary import vocabulary

Role = Literal["event", "since", "speech", "compared", "background", "none"]

# How far before its date a word may stand: `since the outbreak of the conflict in March 2011`.
_SINCE_REACH, _SPEECH_REACH, _OPENING_REACH, _COMPARED_REACH = 14, 8, 16, 8
_CLAUSE_END = frozenset(";:()\u2014")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a sentence: its role, its days (None: names no day), and where it stands (token positions).

    since_at: position of the word `since` for the role `since`, else -1.
    """

    mention: Mention
    role: Role
    days: Days | None
    since_at: int = -1


def role_of(tokens: Tokens, mention: Mention) -> tuple[Role, int]:
    """Return the role of a date and, for a count's start, the position of `since` (else -1)."""
    if mention.expression.kind == "future" or is_labelled(tokens, mention) or _names_something_else(tokens, mention):
        return "none", -1
    if _is_in_opening_clause(tokens, mention):
        return "background", -1
    since_at = _since(tokens, mention.first)
    if since_at >= 0:
        return ("compared" if _is_compared(tokens, since_at) else "since"), since_at
    if _is_said_before(tokens, mention) or _is_said_next(tokens, mention) or _is_opening_of_saying(tokens, mention):
        return "speech", -1
    return "event", -1


def _names_something_else(tokens: Tokens, mention: Mention) -> bool:
    """`9 October Avenue`; `a day after talks began`, counted from the words to come and not from the day named before."""
    following = tokens.low(mention.last)
    if following in cue_words("name_part"):
        return True
    if mention.expression.kind != "context" or tokens.low(mention.last - 1) not in ("after", "before"):
        return False
    told = following in ("the", "this", "that") and tokens.low(mention.last + 1) in cue_words("happening")
    return following[:1].isalpha() and not told


def is_labelled(tokens: Tokens, mention: Mention) -> bool:
    """`Last updated at`, `Posted on`, `Date of publication`, `(Published` just before it: a day of publication."""
    return not cue_words("dateline").isdisjoint(tokens.lowers[max(0, mention.first - 4) : mention.first])


def stands_alone(tokens: Tokens, mention: Mention) -> bool:
    """Whether no preposition, article or word of harm before it makes it part of a phrase: a line of its own."""
    classes, before = vocabulary().classes, tokens.low(mention.first - 1)
    return before not in classes["preposition"] and before not in classes["determiner"] and before not in cue_words("happening")


def _is_in_opening_clause(tokens: Tokens, mention: Mention) -> bool:
    """`After rebels took the town last month, …`: the date is of what came before the news."""
    if tokens.low(0) not in cue_words("opening_clause") or "," in tokens.lowers[: mention.first]:
        return False
    return 1 < mention.first <= _OPENING_REACH


def _since(tokens: Tokens, at: int) -> int:
    """Return the position of a `since` that governs the date at `at`, -1 when none does."""
    since = vocabulary().classes["since"]
    for index in range(at - 1, max(-1, at - 1 - _SINCE_REACH), -1):
        word = tokens.lowers[index]
        if word in since:
            return index
        if word in _CLAUSE_END or word == ",":
            return -1
    return -1


def _is_compared(tokens: Tokens, since_at: int) -> bool:
    return not cue_words("superlative").isdisjoint(tokens.lowers[max(0, since_at - _COMPARED_REACH) : since_at])


def _is_said_before(tokens: Tokens, mention: Mention) -> bool:
    """`said on Friday`, `told AFP on Friday`, `said in a statement late on Friday`: only such words between."""
    reports, fillers = cue_words("report"), cue_words("statement")
    if tokens.low(mention.first - 1) in vocabulary().classes["determiner"] and tokens.low(mention.last) not in fillers:
        return False  # `claimed an October 2 bombing`
    for index in range(mention.first - 1, max(-1, mention.first - 1 - _SPEECH_REACH), -1):
        word = tokens.lowers[index]
        if word in reports:
            return not _is_passive(tokens, index)
        if word not in fillers and not (tokens.words[index][0].isupper() and not tokens.words[index].isupper()):
            return False
    return False


def _is_said_next(tokens: Tokens, mention: Mention) -> bool:
    """`the minister today condemned …`: a verb of saying follows at once."""
    return tokens.low(mention.last) in cue_words("report") and mention.first > 0 and tokens.low(mention.first - 1) not in (",", ".")


def _is_passive(tokens: Tokens, index: int) -> bool:
    """`it was reported that`, `casualties were reported on Friday`, `the reported attack`: the day is as good as the event's."""
    before = tokens.low(index - 1)
    return before in cue_words("passive") or before in vocabulary().classes["determiner"]


def _is_opening_of_saying(tokens: Tokens, mention: Mention) -> bool:
    """`On Friday a military source announced that …`: the date opens the sentence and a verb of saying comes first."""
    if tokens.low(0) in cue_words("opening_report") and "," not in tokens.lowers[: mention.first]:
        return mention.first <= _OPENING_REACH  # `Speaking on Sunday the minister …`
    if mention.first > 1:
        return False
    reports, happenings = cue_words("report"), cue_words("happening")
    for index in range(mention.last, min(len(tokens), mention.last + _OPENING_REACH)):
        word = tokens.lowers[index]
        if word in reports:
            return not _is_passive(tokens, index)
        if word in happenings or word in _CLAUSE_END:
            return False
    return False
