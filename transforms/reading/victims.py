"""Step: whom each figure counts, as the text describes them: words, status, group, demographic, role, side, cause.

Labels such as `militants` or `terrorists` are the text's description, taken alike for every side. Status follows the
claims guidelines: children, women, medics, journalists and police outside combat are civilian; `people` stays unknown.

Belongs here: describing the people of a figure. Keep out: who said so (`attribution.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from transforms.lexicon import load
from transforms.lexicon.pattern import any_of
from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.marks import Phrase
from transforms.reading.victim_groups import is_armed, is_rescue, own_group
from transforms.reading.vocabulary import PeopleWord, cues, people_words

CAUSES = frozenset({"violence", "accident", "disaster", "hunger_or_disease"})
# Words of a phrase that make unlisted or neutral heads combatants (`members of armed groups`, `regime forces`)
LEAD_CHARACTERS = 1500
_ADULT = 18  # years: the Convention on the Rights of the Child, article 1
_PRONOUNS = {"he": "men", "him": "men", "his": "men", "she": "women", "her": "women"}
_ADJECTIVES = {
    "female": "women",
    "male": "men",
    "elderly": "elderly",
    "man": "men",
    "woman": "women",
    "boy": "children",
    "girl": "children",
}
_CIVILIAN_STATUS = {"civilian": "civilian", "combatant": "combatant", "guard": "civilian", "family": "civilian", "unknown": "unknown"}


@cache
def _pattern(cue_class: str) -> re.Pattern[str]:
    return any_of(cues(cue_class))


def _says(cue_class: str, text: str) -> bool:
    """Whether the text has a word of that list of the lexicon `cues`: the same words for every side of a conflict."""
    return _pattern(cue_class).search(text.lower()) is not None


@lru_cache(maxsize=1)
def _cause_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {entry.term: entry.term_class for entry in load("causes", CAUSES)}
    return any_of(kinds), kinds


@lru_cache(maxsize=1)
def _weapon_pattern() -> re.Pattern[str]:
    return any_of(entry.term for entry in load("weapons", frozenset({"weapon"})))


@lru_cache(maxsize=1)
def _attacking_words() -> frozenset[str]:
    return frozenset(entry.term for entry in load("sides", frozenset({"attacking"})))


def _text(sentence: Sentence, phrase: Phrase) -> str | None:
    """The people as printed, without the number phrase."""
    start = phrase.quantity.end if phrase.quantity is not None else phrase.start
    if phrase.det in ("a", "no", "the"):
        start = phrase.start + 1
    while start < phrase.end and sentence.lowers[start] in ("of", "the"):
        start += 1
    if start >= phrase.end:
        return None
    return sentence.text[sentence.starts[start] - sentence.start : sentence.ends[phrase.end - 1] - sentence.start]


def _status(sentence: Sentence, phrase: Phrase, figure: Figure) -> tuple[str, str | None]:
    word = phrase.people
    text = figure.victim_text or ""
    if figure.named_person and (word is None or word.status == "unknown"):
        # a named person is no fighter unless the sentence says so
        armed = figure.victim_group is not None or _says("armed", sentence.text) or _says("fighter", sentence.text)
        return ("unknown", None) if armed else ("civilian", "inferred")
    if word is None:
        if is_armed(figure.victim_group) or _says("armed", text):
            return "combatant", "inferred"
        return ("civilian", "inferred") if is_rescue(figure.victim_group) else ("unknown", None)
    if word.status == "police":
        return ("combatant" if _says("combat", sentence.text) else "civilian"), "inferred"
    status = _CIVILIAN_STATUS[word.status]
    if status == "unknown" and (_says("armed", text) or (is_armed(figure.victim_group) and word.demographic is None)):
        return "combatant", "inferred"
    if status == "unknown" and is_rescue(figure.victim_group):
        return "civilian", "inferred"
    if status == "civilian" and word.demographic is None and re.search(r"\bcivilian", text, re.IGNORECASE):
        return "civilian", "stated"
    if status == "unknown":
        return ("civilian", "stated") if re.search(r"\bcivilian", text, re.IGNORECASE) else ("unknown", None)
    # a printed word for fighters says it; that villagers are civilians follows from the word
    return status, "stated" if status == "combatant" and word.role in ("fighter", "soldier") else "inferred"


def _predicate(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """`two of whom were children`, `of those killed six were women`: the noun behind `were` says who an elided number are."""
    if phrase.people is not None or phrase.kind != "elided" or sentence.lowers[phrase.end : phrase.end + 1] != ["were"]:
        return None
    noun = " ".join(sentence.lowers[phrase.end + 1 : phrase.end + 2])
    word = people_words().get(noun)
    if word is None or not word.plural:
        return None
    return Phrase(phrase.end + 1, phrase.end + 2, "bare", "people", head=phrase.end + 1, people=word, plural=True)


def _shared_noun(document: Document, figure: Figure, phrase: Phrase) -> Phrase | None:
    """`70 regime and rebel fighters`: the noun behind `and` says who both are."""
    sentence = document.sentences[figure.sentence_index]
    if phrase.people is not None or phrase.quantity is None or phrase.end - phrase.quantity.end != 1:
        return None
    if sentence.lowers[phrase.end : phrase.end + 1] != ["and"]:
        return None
    following = next((p for p in document.marks[figure.sentence_index].phrases if p.start == phrase.end + 1), None)
    if following is None or following.people is None or not following.plural or following.quantity is not None:
        return None
    return replace(following, start=phrase.start, quantity=phrase.quantity, det=phrase.det)


def _antecedent(document: Document, figure: Figure, phrase: Phrase) -> Phrase | None:
    """`the terrorists … killing scores of them`: the nearest plural noun for people before `them`."""
    if phrase.det != "partitive":
        return None
    before = [p for p in document.marks[figure.sentence_index].phrases if p.end <= phrase.start and p.people is not None and p.plural]
    return before[-1] if before else None


def _of_name(sentence: Sentence, figure: Figure) -> str | None:
    """`Ann Bell, 16, was shot`: a child; `took Bell to a clinic, where she died`: a woman. A name alone tells nothing."""
    end = figure.victim_tokens[1]
    age = sentence.lowers[end + 1] if sentence.lowers[end : end + 1] in ([","], ["("]) and end + 1 < len(sentence.lowers) else ""
    if age.isascii() and age.isdigit() and int(age) < _ADULT and sentence.lowers[end + 2 : end + 3] in ([","], [")"]):
        return "children"
    between = [_PRONOUNS[word] for word in sentence.lowers[end : figure.outcome_tokens[0]] if word in _PRONOUNS]
    return between[-1] if between else None


def _apposed(document: Document, figure: Figure) -> PeopleWord | None:
    """`Khalil Darwish, a 32-year-old journalist, was shot`: the noun behind the name says who it is."""
    end, lowers = figure.victim_tokens[1], document.sentences[figure.sentence_index].lowers
    if lowers[end : end + 1] != [","] or end + 1 >= figure.outcome_tokens[0]:
        return None
    phrases = document.marks[figure.sentence_index].phrases
    return next((p.people for p in phrases if p.start == end + 1 and p.det == "a" and p.people is not None), None)


def _of_words(text: str) -> str | None:
    """`a female graduate`, `a man, 27-year-old Adam Rahal`: the demographic that a word beside the noun gives."""
    return next((_ADJECTIVES[word] for word in text.lower().replace(",", "").split() if word in _ADJECTIVES), None)


def _describe(document: Document, figure: Figure) -> None:
    sentence, phrase = document.sentences[figure.sentence_index], document.phrase_of(figure)
    figure.victim_side = "unknown"
    if phrase is None:
        return
    figure.victim_text = _text(sentence, phrase) or (figure.quantity_text if figure.named_person else None)
    if phrase.det == "pronoun":
        figure.victim_text = sentence.words[phrase.start]
        figure.demographic = _PRONOUNS.get(sentence.lowers[phrase.start])
    antecedent = _antecedent(document, figure, phrase) if figure.part_of is None else None
    if antecedent is not None:
        figure.victim_text, phrase = _text(sentence, antecedent) or figure.victim_text, antecedent
    shared = _shared_noun(document, figure, phrase)
    if shared is not None:
        figure.victim_text, phrase = _text(sentence, shared) or figure.victim_text, shared
    predicate = _predicate(sentence, phrase)
    if predicate is not None:
        figure.victim_text, phrase = _text(sentence, predicate) or figure.victim_text, predicate
    figure.victim_group = own_group(figure.victim_text, phrase.people.role if phrase.people else None) if figure.victim_text else None
    figure.victim_status, figure.status_basis = _status(sentence, phrase, figure)
    if figure.victim_status == "unknown" and "civilian" in sentence.lowers[figure.outcome_tokens[0] - 1 : figure.outcome_tokens[0]]:
        # `the civilian death toll`
        figure.victim_status, figure.status_basis = "civilian", "stated"
    if phrase.people is not None:
        figure.role, figure.demographic = phrase.people.role, phrase.people.demographic
    apposed = _apposed(document, figure) if figure.named_person else None
    if apposed is not None:
        figure.role, figure.demographic = figure.role or apposed.role, figure.demographic or apposed.demographic
        if apposed.status == "combatant":
            figure.victim_status, figure.status_basis = "combatant", "stated"
    if figure.named_person and figure.demographic is None:
        figure.demographic = _of_name(sentence, figure)
    figure.demographic = figure.demographic or _of_words(figure.victim_text or "")
    if figure.victim_status == "unknown" and figure.demographic in ("women", "children") and figure.victim_group is None:
        # women and children are civilian (claims guidelines), also a `she`
        figure.victim_status, figure.status_basis = "civilian", "inferred"
    head = sentence.lowers[phrase.head] if phrase.head is not None else ""
    if head in _attacking_words():
        figure.victim_side = "attacking"
    elif figure.victim_status == "civilian":
        figure.victim_side = "attacked"


def _inherit(document: Document) -> None:
    """Elided people (`28 others`, `30 wounded`, `two of them`) are of the kind of the figure they go with."""
    for index, figure in enumerate(document.figures):
        if figure.victim_status != "unknown" or figure.rule == "zero":
            continue
        other = _goes_with(document, index)
        if other is not None and other.victim_status != "unknown":
            figure.victim_status, figure.status_basis = other.victim_status, "inferred"
            figure.victim_group, figure.victim_side = figure.victim_group or other.victim_group, other.victim_side
            figure.role = figure.role or other.role


def _goes_with(document: Document, index: int) -> Figure | None:
    """The figure whose people an elided or unspecific one shares: its whole, its neighbour in the list, or the same toll elsewhere."""
    figure = document.figures[index]
    words = set((figure.victim_text or "").lower().split())
    if words <= cues("elided"):
        other = document.figures[figure.part_of] if figure.part_of is not None else neighbour(document, index)
        # `a woman was killed and dozens of others`: the others need not be women
        if other is not None and (other.victim_status == "combatant" or (other.demographic is None and other.role is None)):
            return other
    if not words:
        return next((f for f in document.figures if f is not figure and _same_toll(f, figure) and f.victim_status != "unknown"), None)
    return None


def _same_toll(one: Figure, other: Figure) -> bool:
    if one.outcome != other.outcome or (one.count_min or 0) < 2:
        return False
    return (one.count_min, one.count_max) == (other.count_min, other.count_max) or one.count_stated == other.count_stated is not None


def neighbour(document: Document, index: int) -> Figure | None:
    """The figure of the same sentence beside an elided number: the next one in an active list, else the one before."""
    figure, figures = document.figures[index], document.figures
    following = figures[index + 1] if index + 1 < len(figures) else None
    before = figures[index - 1] if index else None
    if before is not None and before.sentence_index == figure.sentence_index and before.rule != "zero":
        return before
    if following is not None and following.sentence_index == figure.sentence_index and following.rule == figure.rule == "active":
        return following
    return None


def _mix(document: Document) -> None:
    """A total that is broken down into civilians and combatants is mixed."""
    for index, figure in enumerate(document.figures):
        if figure.relation != "total" or figure.victim_status != "unknown":
            continue
        statuses = {f.victim_status for f in document.figures if f.part_of == index}
        if {"civilian", "combatant"} <= statuses:
            figure.victim_status, figure.status_basis = "mixed", "inferred"


def cause_in(text: str) -> str | None:
    """Return the kind of cause that the first cause word of a text names, None when there is none."""
    pattern, kinds = _cause_pattern()
    match = pattern.search(text.lower())
    return kinds[match.group()] if match is not None else None


def _causes(document: Document) -> None:
    """The cause as the figure's sentence tells it, else as headline or lead do; the weapon as printed in the sentence."""
    article = document.article
    general = cause_in(article.title or "") or cause_in(article.text[:LEAD_CHARACTERS]) or "unknown"
    seen: dict[int, tuple[str | None, str | None]] = {}
    for figure in document.figures:
        if figure.sentence_index not in seen:
            weapon = _weapon_pattern().search(figure.sentence.lower())
            printed = figure.sentence[weapon.start() : weapon.end()] if weapon is not None else None
            seen[figure.sentence_index] = cause_in(figure.sentence), printed
        cause, figure.weapon_text = seen[figure.sentence_index]
        figure.cause_kind = cause or general
        if cause not in (None, "violence", "unknown") and figure.victim_side == "attacked":
            # nobody attacks whom a flood or a crash kills
            figure.victim_side = "unknown"


def victims(document: Document) -> Document:
    """Fill victim_text, victim_status, status_basis, victim_group, victim_side, demographic, role, cause_kind, weapon_text."""
    if not document.figures:
        return document
    for figure in document.figures:
        _describe(document, figure)
    _causes(document)
    _inherit(document)
    _mix(document)
    return document
