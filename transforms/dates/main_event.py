"""The day of the event that an article is about.

The first date of an event near the publication that stands with a word of harm; then any date of one.

Belongs here: choosing it from the timeline. Keep out: the figures (`reading/dates.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.dates.calendar import Days, span
from transforms.dates.cues import cue_words
from transforms.dates.roles import Dated
from transforms.dates.timeline import SentenceDates, Timeline

_CLOCK = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:[ap]\.m\b|[ap]m\b)", re.IGNORECASE)
# News is of the last weeks; an older day in it is history unless there is no other.
_NEWS_DAYS = 40
_LONGEST_EVENT = 7
# How far from the date the word of harm may stand.
_BEFORE, _AFTER, _NEAR = 25, 12, 14
# Sentences of the body that tell what the article is about.
_LEDE_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class MainEvent:
    """The date of the article's main event, the sentence that names it, and whether that sentence says that it dates what
    was told before (`the attack …`, `it happened …`)."""

    sentence: SentenceDates
    date: Dated
    is_told_before: bool


def main_event(line: Timeline, figure_sentences: frozenset[int]) -> MainEvent | None:
    """Return the date of the article's main event, None when no sentence names one.

    The first recent one that stands with harm in the first sentences, or later in one that goes on telling of the same; else
    the day of a text that says of itself `earlier in the day`; else an old one in the first sentences: a story of history.
    """
    harmful = [
        MainEvent(sentence, item, _goes_on_telling(sentence, item))
        for sentence in line.sentences.values()
        for item in sentence.events()
        if item.days is not None and _is_of_harm(sentence, item, sentence.index in figure_sentences or sentence.is_lede)
    ]
    for event in harmful:
        if _is_news(line, event.date) and (event.sentence.position < _LEDE_SENTENCES or event.is_told_before):
            return event
    return _same_day(line) or next((e for e in harmful if e.sentence.index in figure_sentences and e.sentence.position <= 1), None)


def _same_day(line: Timeline) -> MainEvent | None:
    """`earlier in the day the group launched …`: all that is told is of the day of publication."""
    for sentence in line.sentences.values():
        for item in sentence.dated:
            if item.mention.expression.kind == "same_day" and item.days is not None:
                return MainEvent(sentence, item, True)
    return None


def likely_day(line: Timeline, texts: Sequence[str]) -> Days | None:
    """Return the main event's day for the article as a whole: the recent date that stands closest to the telling of harm.

    It may rest on a sentence from which no figure would take its day. Where only a report is dated (`On 21 June
    the agency reported that …`), that is its day; where only a time of day is named (`just after 3 a.m.`), the day of
    publication. texts: all sentences.
    """
    recent = [
        (_distance_from_harm(sentence, item), item.days)
        for sentence in line.sentences.values()
        for item in sentence.events()
        if item.days is not None and _is_news(line, item)
    ]
    singles = [entry for entry in recent if entry[1].is_single]
    if recent:
        return min(singles or recent, key=lambda entry: entry[0])[1]
    anchor = line.publication.anchor
    reported = (item for sentence in line.sentences.values() for item in sentence.dated if item.role == "speech")
    days = next((item.days for item in reported if item.mention.expression.kind == "day" and _is_news(line, item)), None)
    if days is not None:
        return days
    return span(anchor, anchor) if any(_CLOCK.search(text) for text in texts) else None


def _distance_from_harm(sentence: SentenceDates, item: Dated) -> int:
    """0: `it happened on`; 1: `was shot on`; 2: `died on`, or harm comes after it; 3: what follows an attack, or nothing."""
    lowers, first = sentence.tokens.lowers, item.mention.first
    before = lowers[max(0, first - _NEAR) : first]
    if not _is_of_harm(sentence, item, False):
        return 3
    if _takes_place(before):
        return 0
    return 2 if (cue_words("happening") - cue_words("dying")).isdisjoint(before) else 1


def _is_news(line: Timeline, item: Dated) -> bool:
    anchor = line.publication.anchor
    if item.days is None or item.days.length > _LONGEST_EVENT:
        return False
    return anchor is None or 0 <= (anchor - item.days.last).days <= _NEWS_DAYS


def _goes_on_telling(sentence: SentenceDates, item: Dated) -> bool:
    """`the attack …`, `it happened …`: a later sentence that dates what was told before."""
    lowers, harm = sentence.tokens.lowers, cue_words("happening")
    if _takes_place(lowers) or item.mention.expression.kind == "same_day":
        return True
    determined = (i for i, word in enumerate(lowers[: item.mention.first]) if word in ("the", "this", "that"))
    return any(not harm.isdisjoint(lowers[i + 1 : i + 4]) for i in determined)


def _takes_place(lowers: Sequence[str]) -> bool:
    """Whether `happened` or `took place` stands in the words."""
    cues = cue_words("takes_place")
    return not cues.isdisjoint(lowers) or any(f"{first} {second}" in cues for first, second in pairwise(lowers))


def _is_of_harm(sentence: SentenceDates, item: Dated, has_figures: bool) -> bool:
    """Whether the nearest telling word before the date is one of harm and not of what follows it (`arrested on Friday`).

    A sentence with figures, or the first, tells of harm in itself, unless it says otherwise.
    """
    lowers, first, last = sentence.tokens.lowers, item.mention.first, item.mention.last
    harm, aftermath = cue_words("happening"), cue_words("aftermath")
    for word in (*reversed(lowers[max(0, first - _BEFORE) : first]), *lowers[last : last + _AFTER]):
        if word in aftermath:
            return False
        if word in harm:
            return True
    return has_figures
