"""Vocabulary of attribution, loaded once from the lexicons.

Belongs here: the words and how they are looked up. Keep out: how they combine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import load
from transforms.lexicon.pattern import any_of

VERB_CLASSES = frozenset({"say", "report", "toll", "see", "tell", "quote", "claim", "deny", "estimate", "doubt"})
WORD_CLASSES = frozenset(
    {"adverb", "pronoun", "determiner", "link", "joiner", "modifier", "time", "according", "no_party", "no_speaker", "toll_word"}
    | {"boundary", "continues", "fresh", "claimed_thing", "counting", "clause_opener", "break", "be", "relative", "written"}
    | {"aside_follower", "no_outlet", "victim_verb", "blame", "definite", "event_definite"}
)
STANCES = frozenset({"unconfirmed", "claimed", "denied", "estimated", "none_reported"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words: verb forms with their class, word classes, phrases that open a source's name, and the gate.

    gate: strings of which one stands in every sentence that attributes something.
    noun_forms: verb forms that are also nouns (`reports`, `claims`).
    """

    verbs: dict[str, str]
    noun_forms: frozenset[str]
    words: dict[str, frozenset[str]]
    according: dict[str, tuple[tuple[str, ...], ...]]
    gate: tuple[str, ...]


def may_attribute(text: str) -> bool:
    """Return whether the text holds a word or mark by which something could be attributed: a cheap look before the real one."""
    low = text.lower()
    return any(cue in low for cue in vocabulary().gate)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the vocabulary of attribution."""
    verbs: dict[str, str] = {}
    nouns: set[str] = set()
    for entry in load("speech_verbs", VERB_CLASSES):
        forms = [entry.term, *(form for form in entry.extra["forms"].split("|") if form)]
        verbs.update(dict.fromkeys(forms, entry.term_class))
        # the base and -s forms are those that a noun can share
        nouns.update(form for form in forms if form == entry.term or form == f"{entry.term}s")
    words: dict[str, set[str]] = {name: set() for name in WORD_CLASSES}
    for entry in load("attribution_words", WORD_CLASSES):
        words[entry.term_class].add(entry.term)
    opening: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(words["according"], key=len, reverse=True):
        first, *rest = phrase.split()
        opening.setdefault(first, []).append(tuple(rest))
    cues = {*verbs, *(phrase.split()[0] for phrase in words["according"]), ":", " - ", " \u2013 ", " \u2014 "}
    # a cue that holds a shorter one need not be looked for
    gate = tuple(sorted((cue for cue in cues if not any(other != cue and other in cue for other in cues)), key=len))
    return Vocabulary(
        verbs,
        frozenset(nouns - {"say", "says", "tell", "tells", "add", "adds"}),
        {name: frozenset(terms) for name, terms in words.items()},
        {first: tuple(rests) for first, rests in opening.items()},
        gate,
    )


@lru_cache(maxsize=1)
def stances() -> dict[str, re.Pattern[str]]:
    """Return the stances with a pattern of their cues, for text in lower case."""
    cues: dict[str, list[str]] = {}
    for entry in load("stance", STANCES):
        cues.setdefault(entry.term_class, []).append(entry.term)
    return {stance: any_of(terms) for stance, terms in cues.items()}
