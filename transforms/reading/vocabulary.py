"""The reader's vocabulary, looked up by word: function words, people, outcome words.

Belongs here: turning lexicon files into lookup tables. Keep out: rules about how words combine, and the words themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.lexicon import by_class, by_term, load

FUNCTION_CLASSES = frozenset(
    {
        "be",
        "have",
        "modal",
        "not",
        "prep",
        "of",
        "and",
        "include",
        "rel",
        "sub",
        "the",
        "poss",
        "a",
        "no",
        "pronoun_one",
        "pronoun_object",
        "pronoun_many",
        "adverb",
        "time",
        "verb",
        "say",
        "ordinal",
    }
)
PEOPLE_CLASSES = frozenset({"civilian", "combatant", "police", "guard", "unknown", "family"})
OUTCOME_CLASSES = frozenset({"killed", "injured", "missing", "abducted", "detained", "displaced", "casualties", "neutralised", "unhurt"})
# Forms of outcome words that are one only where their goal follows: `beaten … to death`, `taken … to hospital`, `hit … in the leg`.
GOAL_FORMS = frozenset({"to_death", "to_hospital", "in_body"})
CUE_CLASSES = frozenset(
    {
        "hospital",
        "as_well",
        "couple_kind",
        "happened",
        "hours",
        "in_all",
        "participle_person",
        "natural_death",
        "death_found",
        "reflexive",
        "suffer",
        "suffered_thing",
        "toll_stop",
        "relative",
        "lives_verb",
        "critical",
        "condition",
        "protest",
        "background",
        "cause_cue",
        "rose",
        "fell",
        "additive",
        "definite",
        "open_verb",
        "any",
        "none",
        "causing",
        "between_none",
        "achieved",
        "name_particle",
        "no_name",
        "month",
        "bare_vague",
        "before_vague",
        "age",
        "before_year",
        "clock",
        "identified_as",
        "armed",
        "fighter",
        "combat",
        "elided",
        "elsewhere",
        "leave",
        "ambiguous_verb",
        "sport",
        "found",
        "third_person_part",
        "counts_nobody",
        "conflict",
        "natural_cause",
        "apart",
        "apart_unit",
        "anaphoric",
        "they",
        "incident",
        "proceedings",
        "of_shots",
        "time_behind",
        "linking",
        "compound",
        "unrealised",
        "perhaps",
        "convicted",
        "wrongly",
        "present_outcome",
        "institution",
        "accused",
        "epidemic",
        "obituary_frame",
        "anybody",
        "them",
        "target",
        "any_person",
        "dies",
        "plain_person",
        "busy_with",
        "other_one",
        "attack_noun",
        "wounds",
        "opens_addition",
        "third_person_group",
        "responsibility",
        "answers",
        "subordinate",
        "ago",
        "behind_shot_at",
        "of_body",
        "accused_of",
        "other_account",
        "some_account",
        "suicide_attacker",
        "suicide_act",
        "suicide_failed",
        "born_together",
        "lost_men",
        "fatally",
        "fills_number",
        "everybody",
        "stays_in",
        "body_part",
        "one_more",
        "avenges",
        "spate",
        "several_events",
        "one_of_them",
        "follows",
        "before_this",
        "mourning",
        "of_the_day",
        "where_died",
        "unnumbered_share",
        "protest_phrase",
        "set_apart",
        "about",
        "unknown_if",
        "nearly",
        "kin_of",
        "played",
        "offence",
    }
)
# Words that look like plurals or agents of people although no lexicon lists them (`Takfiris`, `Syrians`, `looters`).
_PEOPLE_LIKE = re.compile(r".{3,}(?:ians?|ites?|ists?|ese|men|women|eers?|iyyah|ees|folk|goers?)$")


@dataclass(frozen=True, slots=True)
class PeopleWord:
    """A noun for people: its status class, whether it is printed in the plural, and its role and demographic."""

    status: str
    plural: bool
    role: str | None
    demographic: str | None


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    """Words for an outcome: how many words they are, the outcome, and the form in which they take their people."""

    words: tuple[str, ...]
    outcome: str
    form: str


def cues(cue_class: str) -> frozenset[str]:
    """Return the words of one word list of the lexicon `cues`; an unknown list is a KeyError."""
    return by_class("cues", CUE_CLASSES)[cue_class]


def function_words() -> dict[str, frozenset[str]]:
    """Return the classes of each closed-class word (and of verbs that end a noun phrase)."""
    return by_term("function_words", FUNCTION_CLASSES)


@lru_cache(maxsize=1)
def people_words() -> dict[str, PeopleWord]:
    """Return the people noun of each printed form; the last word stands for nouns of several words."""
    found: dict[str, PeopleWord] = {}
    for entry in load("people", PEOPLE_CLASSES):
        role, demographic = entry.extra["role"] or None, entry.extra["demographic"] or None
        found.setdefault(entry.term, PeopleWord(entry.term_class, entry.term == entry.extra["plural"], role, demographic))
        found[entry.extra["plural"]] = PeopleWord(entry.term_class, True, role, demographic)
    return found


@lru_cache(maxsize=1)
def outcome_words() -> dict[str, tuple[OutcomeWord, ...]]:
    """Return the outcome words by their first word, the longest first."""
    found: dict[str, list[OutcomeWord]] = {}
    for entry in load("outcomes", OUTCOME_CLASSES):
        words = tuple(entry.term.split())
        found.setdefault(words[0], []).append(OutcomeWord(words, entry.term_class, entry.extra["form"]))
    # of equally long ones those with a goal come first: they match only where the goal follows
    return {first: tuple(sorted(words, key=lambda w: (-len(w.words), w.form not in GOAL_FORMS))) for first, words in found.items()}


@lru_cache(maxsize=3)
def goal_verbs(form: str) -> frozenset[str]:
    """Return the verbs of a form that needs its goal (`taken … to hospital`, `hit … in the leg`)."""
    return frozenset(first for first, words in outcome_words().items() if any(word.form == form for word in words))


def to_hospital_verbs() -> frozenset[str]:
    """Return the verbs that hurt people only where a hospital is their goal."""
    return goal_verbs("to_hospital")


def is_people_like(lower: str) -> bool:
    """Return whether an unlisted word has the shape of a word for people."""
    return _PEOPLE_LIKE.match(lower) is not None
