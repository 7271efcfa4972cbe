"""Step: leave out what only sounds like harm to people: executed orders, films that are shot, players who are missing.

Many outcome words have an everyday sense (lexicon `senses`). In an article on sport, films, markets or politics they are taken at
their word only where sentence or opening tell of harm in other words. In an article on harm they always are.

Belongs here: that decision. Keep out: deaths and injuries that are real but everyday (`everyday.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.leaving_out import leave_out
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.senses import figurative_senses, weak_senses
from transforms.reading.topics import Topics, harm_in, topics_of, words_in
from transforms.reading.vocabulary import cues

_ARE = frozenset({"are", "is"})
_WERE = frozenset({"were", "was"})
_UNITS = frozenset({"year", "month", "week", "day"})
_EVERY = frozenset({"each", "every", "per"})
_WHO = frozenset({"who", "that", "which"})


def _trigger(document: Document, figure: Figure) -> Trigger | None:
    triggers = document.marks[figure.sentence_index].triggers
    return next((t for t in triggers if t.start == figure.outcome_tokens[0]), None)


def _general_case(sentence: Sentence, phrase: Phrase, trigger: Trigger, topics: Topics) -> bool:
    """`a husband who murders a wife`, `a chance to be a hero, shoot rebels`: the present tense of running text without a number."""
    if trigger.form != "base" or trigger.voice != "active" or phrase.quantity is not None or sentence.in_title:
        return False
    third_person = sentence.lowers[trigger.start].endswith("s")
    before = sentence.lowers[trigger.group_start - 1] if trigger.group_start else ""
    return (topics.peaceful and not third_person) or (third_person and before in _WHO and phrase.det == "a")


def _present(sentence: Sentence, trigger: Trigger) -> bool:
    """`a hitman who kills two men and is shot`: running text in the present tense."""
    if sentence.in_title:
        return False
    third_person = trigger.form in ("base", "intransitive") and sentence.lowers[trigger.start].endswith("s")
    return third_person or (trigger.voice == "passive" and not _ARE.isdisjoint(sentence.lowers[trigger.group_start : trigger.start]))


def _is_played(before: list[str]) -> bool:
    """`he will play a man who tries to solve the murder of a clerk`."""
    return any(" ".join(before[i : i + 2]) in cues("played") or before[i] in cues("played") for i in range(len(before)))


def _is_rate(lowers: list[str], i: int) -> bool:
    """`each year`, `per day`, `a year`: but not `a year after`, `a day earlier`."""
    every, unit, following = lowers[i : i + 3]
    return unit in _UNITS and (every in _EVERY or (every == "a" and following not in cues("time_behind")))


def _rate(sentence: Sentence, trigger: Trigger) -> bool:
    """`smoking kills 2,200 a year`, `500 people die of it each year`: the present tense with a rate."""
    if trigger.form == "noun":
        behind = sentence.lowers[trigger.end : trigger.end + 3]
        return "annually" in behind or _is_rate([*behind, "", "", ""], 0)
    present = sentence.lowers[trigger.start] in cues("present_outcome") and trigger.form in ("base", "intransitive")
    group = sentence.lowers[trigger.group_start : trigger.start] if trigger.form == "past" else []
    were = not _WERE.isdisjoint(group)
    near = [*sentence.lowers[max(0, trigger.start - 12) : trigger.end + 15], "", ""]
    rates = [near[i] for i in range(len(near) - 2) if _is_rate(near, i)]
    # `were killed each year` is a rate, `were killed a year` may go on in many ways
    return bool(rates) if present or not _ARE.isdisjoint(group) else were and not _EVERY.isdisjoint(rates)


def _weak(verb: str, phrase: Phrase) -> str | None:
    """Why the figure is no evidence of harm to people, in an article that knows of none."""
    listed = phrase.people is not None
    if verb in weak_senses() and (not listed or verb in figurative_senses()):
        return f"{verb}: not said of people in a text without harm"
    if phrase.kind == "unknown" and phrase.quantity is None:
        return "an unlisted noun in a text without harm"
    if phrase.named and phrase.end - phrase.start == 1:
        return "one word of a name in a text without harm"
    return None


def _reason(document: Document, figure: Figure, topics: Topics) -> str | None:
    sentence = document.sentences[figure.sentence_index]
    first, last = figure.outcome_tokens
    verb = " ".join(sentence.lowers[first:last])
    said = frozenset(verb.split())  # what is in question is no evidence for itself
    own = harm_in(words_in(" ".join(sentence.lowers[:first] + sentence.lowers[last:])), firm=True)
    if figure.rule == "zero":
        idle = figure.outcome == "killed" and topics.peaceful and not own
        return "nobody, but nothing had happened" if idle else None
    phrase, trigger = document.phrase_of(figure), _trigger(document, figure)
    if phrase is None:
        return None
    if trigger is not None and _rate(sentence, trigger):
        return "no event: so many in every year"
    if trigger is not None and _general_case(sentence, phrase, trigger, topics):
        return "no fact: a general case"
    if trigger is not None and topics.register == "fiction" and _present(sentence, trigger):
        return "told in the present tense: the plot of a film, book or game"
    if topics.register == "fiction" and _is_played(sentence.lowers[:first]):
        return "what somebody plays: the plot of a film, book or game"
    if own or not topics.peaceful or harm_in(topics.opening - said, firm=True):
        return None
    return _weak(verb, phrase)


def figurative(document: Document) -> Document:
    """Remove figures of speech from `document.figures`; each is noted as dropped."""
    if not document.figures:
        return document
    topics = topics_of(document)
    return leave_out(document, [_reason(document, figure, topics) for figure in document.figures])
