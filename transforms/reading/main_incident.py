"""Step: what the article as a whole says of its main incident.

For killed and injured: the latest stated overall toll where there is one, else the sum of disjoint figures. Parts,
restatements, superseded tolls, running tolls, earlier attacks and denied figures are left out (claims guidelines,
"Whole-article totals"). The rules stand in docs/reader.md with cases in tests/fixtures/main_incident.toml.

Belongs here: choosing and adding figures. Keep out: reading them.
"""

from __future__ import annotations

from typing import Any

from transforms.dates.cues import cue_words
from transforms.reading.accounts import followed, is_accusation, of_main_event
from transforms.reading.anaphora import carried
from transforms.reading.dates import main_day
from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.places import main_place
from transforms.reading.sentences import is_note
from transforms.reading.the_dead import without_the_dead
from transforms.reading.totals import LEAD_SENTENCES, SUMMARY_SENTENCES, Total, is_summary, said_of, total_of
from transforms.reading.vocabulary import cues, people_words

OUTCOMES = ("killed", "injured")
# dates that the words themselves give; others are carried over and prove nothing
_ABOUT_REACH = 14  # words from `demanding` to what is demanded about
_FIRM = frozenset({"stated", "weekday", "relative", "year_elsewhere"})


def _usable(figure: Figure) -> bool:
    # one person is no toll of a period, whatever period the sentence names
    one_event = figure.scope == "incident" or (figure.scope == "period" and figure.count_max == 1)
    return one_event and figure.stance != "denied"


def _is_whole(figure: Figure, document: Document) -> bool:
    """A total, or a share of people to whom something else happened (`six were shot, two of whom died`)."""
    figures = document.figures
    if figure.relation == "total":
        return True
    if figure.part_of is None and not figure.partitive:
        # `Among the dead were two guards`, where nobody says how many died; `a trader was also killed` does not
        named = figure.verb_words & cues("third_person_group")
        totals = [f for f in figures if f.relation == "total" and f.outcome == figure.outcome and f.in_title == figure.in_title]
        return not named and all(f.char_start > figure.char_start and said_of(document, f).additive for f in totals)
    return figure.partitive and (figure.part_of is None or figures[figure.part_of].outcome != figure.outcome)


def _background(figure: Figure, document: Document) -> bool:
    """`protest the killing of two traders`, `rioted after a man was shot`: in a sentence on a protest, what it is about."""
    sentence = document.sentences[figure.sentence_index]
    first = figure.outcome_tokens[0]
    before = sentence.lowers[:first]
    # a comma right before the outcome only sets off its participle: `a day after bombs went off, killing 80`
    clause = before[:-1] if before[-1:] == [","] else before
    if _days_apart(clause) or _days_apart(sentence.lowers[: figure.quantity_tokens[0]]) or _is_compared(before):
        return True
    caused = not cues("causing").isdisjoint(before[-1:])  # `thrown against a bus, causing injuries to three`
    if figure.rule in ("noun_of", "possessive") and not caused and set(before[-8:]) & (cues("background") | cues("protest")):
        return True
    # `fired on protesters … and killed two of them`
    themselves = any(word in people_words() and word in cues("protest") for word in (figure.victim_text or "").lower().split())
    if bool(set(sentence.lowers) & cues("protest")) and bool(set(before) & cues("cause_cue")) and not themselves:
        return True
    if not is_summary(document) and _is_set_apart(figure, sentence):
        return True
    near = before[-_ABOUT_REACH:]
    about = any(" ".join(near[i : i + length]) in cues("about") for i in range(len(near)) for length in (1, 2, 3))
    return about and not themselves and is_summary(document) and _is_of_protest(document, sentence)


def _is_set_apart(figure: Figure, sentence: Sentence) -> bool:
    """`Last year a singer was killed on that street`: behind the lead of a longer article, another event than its own."""
    text = f" {' '.join(sentence.lowers)} "
    return figure.sentence_index > LEAD_SENTENCES and any(f" {phrase} " in text for phrase in cues("set_apart"))


def _is_of_protest(document: Document, sentence: Sentence) -> bool:
    """Whether a note, or this sentence of it, tells of a protest or of what a crowd did."""
    opening = next((s for s in document.sentences if not s.in_title), sentence)
    for one in (sentence, opening):
        # `blocked a road, demanding …`: a comma is no part of the word before it
        text = f" {one.text.lower().replace(',', ' ,')} "
        if not cues("protest").isdisjoint(text.split()) or any(f" {phrase} " in text for phrase in cues("protest_phrase")):
            return True
    return False


def _is_compared(before: list[str]) -> bool:
    """`the deadliest attack since 2004, when 190 people died`: what the sentence measures its incident by."""
    when = len(before) - 1 - before[::-1].index("when") if "when" in before else -1
    return when > 0 and "," not in before[when:] and "since" in before[:when] and not cue_words("superlative").isdisjoint(before[:when])


def _is_old_deed(figure: Figure, usable: list[Figure], document: Document) -> bool:
    """`… is the wife of a man convicted of killing two`, in a short text that told of its own casualties before."""
    told = any(f.sentence_index < figure.sentence_index and not f.in_title for f in usable)
    return told and is_summary(document) and is_accusation(figure, document)


def _days_apart(before: list[str]) -> bool:
    """`comes two days after two soldiers were killed`, `a week before another was shot`: the sentence points to another attack."""
    for i in range(len(before) - 1, max(0, len(before) - 12), -1):
        if before[i] in cues("apart"):
            # hours are another attack's only where the sentence is about when this one happened
            hours = before[i - 1] in cues("hours") and not cues("happened").isdisjoint(before[:i])
            return (hours or before[i - 1] in cues("apart_unit")) and "," not in before[i:]
    return False


def _other_day(figures: list[Figure]) -> list[Figure]:
    """The figures of another day than the first dated one: an earlier attack, or a later one."""
    dated = [f for f in figures if f.event_date_start is not None and f.event_date_end is not None and f.date_basis in _FIRM]
    if not dated:
        return []
    first, last = dated[0].event_date_start, dated[0].event_date_end
    return [f for f in dated if f.event_date_end < first or f.event_date_start > last]  # type: ignore[operator]  # dated: both are days


def _headline(document: Document) -> int | None:
    """The index of the sentence of a short text that is its headline printed above it: it says again what the text says."""
    body = [s for s in document.sentences if not s.in_title]
    if not 1 < len(body) <= SUMMARY_SENTENCES or body[1].paragraph == body[0].paragraph or body[0].text[-1] in ".!?":
        return None
    return body[0].index


def _counts(usable: list[Figure], document: Document) -> dict[str, Total | None]:
    totals: dict[str, Total | None] = {}
    headline = _headline(document)
    usable = of_main_event(usable, document)
    for outcome in OUTCOMES:
        said = [f for f in usable if f.outcome == outcome]
        title = [f for f in said if f.in_title or f.sentence_index == headline]
        body = [f for f in said if not f.in_title and f.sentence_index != headline and not _background(f, document)]
        body = [f for f in body if not _is_old_deed(f, usable, document)]
        totals[outcome] = total_of(followed(body or title, document), document)
    for outcome in OUTCOMES:
        totals[outcome] = totals[outcome] or carried(document, outcome)
    totals["injured"] = without_the_dead(totals["injured"], totals["killed"], usable, document)
    return totals


def main_incident(document: Document) -> Document:
    """Fill `document.main_incident`: killed and injured (persons, null when nothing is said), day and place.

    A text that was not cut into sentences, and a long one without figures, tells of no incident.
    """
    if not document.sentences or not (document.figures or is_note(document)):
        document.main_incident = {"killed": None, "injured": None}
        return document
    superseded = {f.supersedes for f in document.figures if f.supersedes is not None}
    usable = [f for i, f in enumerate(document.figures) if _usable(f) and _is_whole(f, document) and i not in superseded]
    elsewhere = _other_day([f for f in usable if not f.in_title])
    totals = _counts([f for f in usable if not any(f is o for o in elsewhere)], document)
    result: dict[str, Any] = {o: None if t is None else {"count_min": t.count_min, "count_max": t.count_max} for o, t in totals.items()}
    chosen = [f for total in totals.values() if total is not None for f in total.figures]
    indexes = [i for i, f in enumerate(document.figures) if any(f is c for c in chosen)]
    first, last = main_day(document, indexes)
    result["event_date_start"] = first.isoformat() if first else None
    result["event_date_end"] = last.isoformat() if last else None
    result.update(main_place(document, indexes))
    document.main_incident = result
    return document
