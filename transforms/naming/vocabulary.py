"""The words that names are found by.

Belongs here: lookup tables from `lexicon/naming.csv`, `given_names.csv` and the reader's lexicons. Keep out: rules.
"""

from __future__ import annotations

from functools import lru_cache

from transforms.lexicon import LEXICON_DIR, by_class, load, read_file
from transforms.reading.vocabulary import function_words, outcome_words, people_words

CLASSES = frozenset(
    {
        *("office", "rank", "profession", "courtesy", "particle", "suffix", "kin", "harmed", "held", "harming", "holding"),
        *("of_harm", "owned", "identify", "introduce", "speech", "posted", "not_name", "place"),
        *(
            "ambiguous_kin",
            "be_like",
            "behind_participle",
            "body_in_lower",
            "byline",
            "charged_with",
            "companion",
            "companion_join",
            "described",
            "doubtful_harming",
            "intransitive",
            "mourned",
            "no_private",
            "of_title",
            "owner",
            "place_ahead",
            "private_role",
        ),
    }
)
_PLACE_CLASSES = frozenset(
    {
        *("direction", "preposition", "preposition_on", "preposition_from", "preposition_to", "link", "site", "attack", "source"),
        *("owner", "family", "arrival", "actor", "local", "connector", "determiner", "distance", "near", "near_to", "filler"),
        *("site_modifier", "saying", "clause", "vague", "control", "compound", "points_back", "points_back_to_area"),
        *("dweller", "border", "stationed", "shooter", "origin", "road", "not_name", "org", "not_place", "kind"),
        *("realm", "throughout", "several", "nationwide"),
    }
)


@lru_cache(maxsize=1)
def tables() -> dict[str, frozenset[str]]:
    """Return the words of each class of `naming.csv`."""
    return by_class("naming", CLASSES)


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return common given names, in lower case."""
    return by_class("given_names", frozenset({"given"}))["given"]


@lru_cache(maxsize=1)
def persons() -> frozenset[str]:
    """Return one-word nouns for people, in lower case: `student`, `victims`."""
    return frozenset(word for word in people_words() if " " not in word)


@lru_cache(maxsize=1)
def nationalities() -> frozenset[str]:
    """Return adjectives of countries, in lower case."""
    return frozenset(entry.term.lower() for entry in load("nationalities", frozenset({"nationality"})))


@lru_cache(maxsize=1)
def private_nouns() -> frozenset[str]:
    """Return nouns for one private person, in lower case: `student`, `victim`; no soldiers, police or bodies."""
    taken = tables()["office"] | tables()["rank"] | tables()["profession"] | tables()["courtesy"] | tables()["no_private"]
    found = {
        word for word, noun in people_words().items() if not noun.plural and noun.status in ("civilian", "unknown") and " " not in word
    }
    return frozenset((found | tables()["kin"]) - taken)


@lru_cache(maxsize=1)
def private_plurals() -> frozenset[str]:
    """Return plural nouns for private people, in lower case: `students`, `victims`."""
    found = {word for word, noun in people_words().items() if noun.plural and noun.status in ("civilian", "unknown") and " " not in word}
    return frozenset(found - tables()["no_private"] - tables()["rank"] - tables()["office"])


@lru_cache(maxsize=1)
def bodies_in_lower() -> frozenset[str]:
    """Return lower-case words that make a name before them one of a place or body: `Ahmed Yassin mosque`."""
    return tables()["body_in_lower"]


@lru_cache(maxsize=1)
def never_names() -> frozenset[str]:
    """Return lower-case words that are part of no name, however they are printed: they end a run of capitalised words."""
    months = {entry.term.lower() for entry in read_file(LEXICON_DIR / "months.csv", frozenset({"month", "month_word", "month_short"}))}
    days = {
        entry.term.lower() for entry in read_file(LEXICON_DIR / "weekdays.csv", frozenset({"weekday", "weekday_genitive", "weekday_short"}))
    }
    offices = tables()["office"] | tables()["rank"] | tables()["profession"]
    found = tables()["not_name"] | frozenset(function_words()) | persons() | tables()["kin"] | tables()["courtesy"] | offices
    found |= nationalities() | set(outcome_words()) | tables()["of_harm"] | number_words()
    return frozenset((found - tables()["particle"] - given_names()) | months | days)


@lru_cache(maxsize=1)
def number_words() -> frozenset[str]:
    """Return the words of numbers: `three`."""
    return frozenset(
        " ".join(
            line.partition(",")[0] for line in (LEXICON_DIR / "quantities.csv").read_text(encoding="utf-8").lower().splitlines()
        ).split()
    )


@lru_cache(maxsize=1)
def places_of_bodies() -> frozenset[str]:
    """Return words, in lower case, that make what stands before them a place or body: `Street`, `University`."""
    return frozenset(
        entry.term.lower()
        for entry in load("place_words", _PLACE_CLASSES)
        if entry.term_class in ("kind", "org", "site") and " " not in entry.term
    )


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Return every lower-case word of the lexicons: in a text all in capitals, what a name is not made of."""
    found = set(never_names()) | places_of_bodies()
    for words in ("harmed", "held", "harming", "holding", "owned", "identify", "introduce", "speech", "posted"):
        found |= tables()[words]
    for name in ("cues", "causes", "things", "weapons", "attribution_words", "registers", "source_words", "quantities", "senses", "stance"):
        for line in (LEXICON_DIR / f"{name}.csv").read_text(encoding="utf-8").splitlines():
            found.update(line.partition(",")[0].lower().split())
    return frozenset(found - tables()["particle"] - given_names())
