"""The day an article speaks from: the date line printed at its start, the day it was published, or the day in its address.

The printed line wins where it contradicts the day the file carries (claims guidelines, rulings): the writer's `on Friday`
was written under that line.

Belongs here: finding and weighing these days. Keep out: dates of events (`roles.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from transforms.dates import calendar
from transforms.dates.cues import cue_words
from transforms.dates.expression import Mention
from transforms.dates.grammar import mentions
from transforms.dates.resolve import resolve
from transforms.dates.roles import is_labelled, stands_alone
from transforms.dates.tokens import Tokens, cut, may_hold_date

# A date line stands at the head; one that says `published` or `updated` may follow a caption.
_HEAD_CHARS, _LINE_CHARS, _LABELLED_CHARS = 320, 80, 1500
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/]?)(\d{2})\2(\d{2})(?!\d)")
_DASHES = frozenset("-\u2013\u2014(:")
# Publication a day after the line was written is no contradiction.
_AGREES_WITHIN_DAYS = 1


@dataclass(frozen=True, slots=True)
class Publication:
    """The day the article speaks from (`anchor`, None when unknown), the printed line, and whether the two contradict."""

    anchor: date | None
    dateline_text: str | None
    dateline_on: date | None
    disagrees: bool
    basis: str  # publication or dateline


def publication(title: str | None, text: str, published_on: date | None, url: str | None) -> Publication:
    """Return the day the article speaks from; linear in the first part of the text only."""
    known = published_on or url_day(url)
    line = dateline(text, known) or (dateline(title, known) if title else None)
    if line is None:
        return Publication(known, None, None, False, "publication")
    printed, on = line
    disagrees = published_on is not None and abs((on - published_on).days) > _AGREES_WITHIN_DAYS
    return Publication(on, printed, on, disagrees, "dateline")


def url_day(url: str | None) -> date | None:
    """Return the day that an address carries (`/2018/07/25/`, `2018-07-25`, `20180725`), None when it has none or several."""
    if not url:
        return None
    found = {calendar.day(int(y), int(m), int(d)) for y, _, m, d in _URL_DAY.findall(url[:2000])} - {None}
    return found.pop() if len(found) == 1 else None


def dateline(text: str, known: date | None) -> tuple[str, date] | None:
    """Return the date line printed at the start of a text: its words and its day.

    known: the day of publication from elsewhere; it lends its year to a line without one (`DAMASCUS, July 25 (Xinhua)`).
    """
    found = _line_in(text[: _HEAD_CHARS + _LINE_CHARS], known)
    if found is not None or cue_words("dateline").isdisjoint(text[:_LABELLED_CHARS].lower().replace("(", " ").split()):
        return found
    return _line_in(text[:_LABELLED_CHARS], known)


def _line_in(head: str, known: date | None) -> tuple[str, date] | None:
    if not may_hold_date(head):
        return None
    tokens = cut(head)
    for mention in mentions(tokens):
        labelled = is_labelled(tokens, mention)
        if not labelled and (tokens.starts[mention.first] > _HEAD_CHARS or not stands_alone(tokens, mention)):
            continue
        on = _line_day(tokens, mention, known, labelled)
        if on is not None:
            return head[tokens.starts[mention.first] : tokens.end(mention.last - 1)], on
    return None


def _line_day(tokens: Tokens, mention: Mention, known: date | None, labelled: bool) -> date | None:
    expression = mention.expression
    if expression.is_full:
        days = resolve(expression, None)
        return days.first if days else None
    if expression.kind != "day" or known is None or not (labelled or _is_wire_line(tokens, mention)):
        return None
    near = [calendar.day(known.year + offset, expression.month, expression.number) for offset in (-1, 0, 1)]
    return min((on for on in near if on), key=lambda on: abs((on - known).days), default=None)


def _is_wire_line(tokens: Tokens, mention: Mention) -> bool:
    """`DAMASCUS, July 25 (Xinhua)`, `July 25 --`: after a comma or at the start, before a dash or bracket."""
    return (mention.first == 0 or tokens.low(mention.first - 1) == ",") and tokens.low(mention.last) in _DASHES
