"""Rules for core.figures: the number, its bounds and its days fit together.

Belongs here: rules that need the figure's own row (and its publication day), all of severity quarantine: where one
fails, the reader misread. Keep out: the words (`evidence.py`), other figures (`links.py`), what is merely odd (`oddities.py`).
"""

from __future__ import annotations

import re

import pandas as pd

from expectations.check import CHUNK_ONLY, Rule
from expectations.frames import values

# The number phrase ends with its only number: nothing after it can multiply it (`1.2 million`).
_ENDS_WITH_NUMBER = re.compile(r"[^\d.,]*?(\d{1,3}(?:,\d{3})+|\d+)")
_LONGEST_SINCE = 14  # days
_OF = re.compile(r"\bof\b", re.IGNORECASE)


def _some_bound_is_given(frame: pd.DataFrame) -> list[bool]:
    return [low is not None or high is not None for low, high in values(frame, "count_min", "count_max")]


def _min_not_above_max(frame: pd.DataFrame) -> list[bool]:
    return [low is None or high is None or low <= high for low, high in values(frame, "count_min", "count_max")]


def _bound_fits_counts(frame: pd.DataFrame) -> list[bool]:
    return [_fits(*row) for row in values(frame, "bound", "count_stated", "count_min", "count_max")]


def _fits(bound: str, stated: int | None, low: int | None, high: int | None) -> bool:
    """Return whether the counts are open and closed on the sides that the bound says (claims-guidelines, Numbers)."""
    if low is None and high is None:
        return True  # some_bound_is_given says so already
    if bound == "exact":
        return low == high and stated in (None, low)
    if bound in ("at_least", "more_than"):
        over = 1 if bound == "more_than" else 0
        return low is not None and high is None and (stated is None or low == stated + over)
    if bound in ("at_most", "fewer_than"):
        under = 1 if bound == "fewer_than" else 0
        return high is not None and (stated is None or high == stated - under)
    if bound == "range":
        return low is not None and high is not None
    return True  # about and vague may be open on either side


def _stated_number_is_printed(frame: pd.DataFrame) -> list[bool]:
    return [stated is None or _only_number(quote) in (None, stated) for quote, stated in values(frame, "quantity_text", "count_stated")]


def _only_number(quote: str) -> int | None:
    """Return the number in digits that ends the phrase, None where there is none or it is not alone (`3 of 12`, `2-3`)."""
    match = _ENDS_WITH_NUMBER.fullmatch(quote.strip())
    if match is None or _OF.search(quote):
        return None
    return int(match.group(1).replace(",", ""))


def _none_reported_is_zero(frame: pd.DataFrame) -> list[bool]:
    return [stance != "none_reported" or high == 0 for stance, high in values(frame, "stance", "count_max")]


def _starts_before_it_ends(frame: pd.DataFrame) -> list[bool]:
    return [start is None or end is None or start <= end for start, end in values(frame, "event_date_start", "event_date_end")]


def _not_after_publication(frame: pd.DataFrame) -> list[bool]:
    columns = ("event_date_start", "event_date_end", "published_on", "flags")
    return [
        published is None or "dateline_disagrees" in (flags or ()) or all(day is None or day <= published for day in (start, end))
        for start, end, published, flags in values(frame, *columns)
    ]


def _first_of_its_id(frame: pd.DataFrame) -> list[bool]:
    return [not again for again in frame.duplicated(["figure_id", "reader_version"], keep="first")]


def _since_is_cumulative(frame: pd.DataFrame) -> list[bool]:
    """An incident may be told `since Tuesday`: a start that is a day not long ago."""
    return [
        since is None or scope != "incident" or (start is not None and ((end or start) - start).days <= _LONGEST_SINCE)
        for since, scope, start, end in values(frame, "since_text", "scope", "event_date_start", "event_date_end")
    ]


_COUNTS = ("count_min", "count_max")
_DAYS = ("event_date_start", "event_date_end")

RULES = (
    Rule(
        "figure_id_unique",
        "quarantine",
        "A figure is one span with one outcome of one article version; the second of the same id was read twice.",
        ("figure_id", "reader_version"),
        _first_of_its_id,
        stages=CHUNK_ONLY,
    ),
    Rule("some_bound_is_given", "quarantine", "A figure bounds a number on one side at least.", _COUNTS, _some_bound_is_given),
    Rule(
        "count_min_not_above_count_max",
        "quarantine",
        "The lowest number that the words assert is not above the highest.",
        _COUNTS,
        _min_not_above_max,
        shows=_COUNTS,
    ),
    Rule(
        "bound_fits_counts",
        "quarantine",
        "The counts are open and closed on the sides that the bound says: `exact` has one number, `at_least 75` is 75 and open, "
        "`more_than 75` is 76 and open, `fewer_than 75` is at most 74, a range has both ends.",
        ("bound", "count_stated", *_COUNTS),
        _bound_fits_counts,
        shows=("bound", "count_stated", *_COUNTS),
    ),
    Rule(
        "stated_number_is_printed",
        "quarantine",
        "Where the number phrase ends with its only number in digits (`over 600`), count_stated is that number.",
        ("quantity_text", "count_stated"),
        _stated_number_is_printed,
        shows=("count_stated",),
    ),
    Rule(
        "none_reported_is_zero",
        "quarantine",
        "`No casualties were reported` has no number above zero.",
        ("stance", "count_max"),
        _none_reported_is_zero,
        shows=("stance", *_COUNTS),
    ),
    Rule(
        "event_starts_before_it_ends",
        "quarantine",
        "The first day of the event is not after its last.",
        _DAYS,
        _starts_before_it_ends,
        shows=_DAYS,
    ),
    Rule(
        "event_not_after_publication",
        "quarantine",
        "What is reported has happened: no event day is after the day of publication. Where the printed dateline contradicts that day "
        "(flag dateline_disagrees), the day of publication is itself in doubt and decides nothing.",
        (*_DAYS, "published_on", "flags"),
        _not_after_publication,
        shows=(*_DAYS, "published_on"),
        stages=CHUNK_ONLY,
    ),
    Rule(
        "start_belongs_to_running_toll",
        "quarantine",
        "A stated start that is no day of the last two weeks (`since the beginning of the operation`) makes a running toll, which must not "
        "stand among an incident's numbers; `since Tuesday` may tell of one incident.",
        ("since_text", "scope", *_DAYS),
        _since_is_cumulative,
        shows=("scope", *_DAYS),
    ),
)
