"""Noun phrases that can say something, and where they begin and end in a sentence.

Unpunctuated text is common (scraped articles that lost their commas), so bounds rest on articles, capitals, role words and
known names, not on commas alone.

Belongs here: the words of a sentence as attribution sees them, and cutting a speaker out of them. Keep out: verbs of
saying and what they cover (`attribution_statements.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from transforms.lexicon import load
from transforms.reading.attribution_words import vocabulary
from transforms.reading.document import Sentence
from transforms.reading.tokens import tokenize
from transforms.sources.keys import name_key
from transforms.sources.known import roles, state_words
from transforms.sources.phrases import Named, kind_of, role_key, speaker_table

# No speaker is longer; it also bounds the work on hostile input.
MAX_SPEAKER = 24
_LOOK_FOR_ARTICLE = 6
# Names in a row before a role in lower case that are a person's, not the role's place.
_NAMES_OF_ANOTHER = 2
_POSSESSIVES = frozenset({"'s", "\u2019s"})
_ABBREVIATION_CLASSES = frozenset({"title", "calendar", "other"})
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)$", re.IGNORECASE)
# A name that opens with an article of its own language in lower case: `al-Saleh`, `d'Ivoire`.
_LOWER_NAME = re.compile(r"^[a-z]{1,3}[-'\u2019][A-Z]")
HARD_STOPS = frozenset('.;:!?"\u201c\u201d()[]|\u2026')


@dataclass(slots=True)
class Phrase:
    """The words of a sentence as attribution sees them. known_end / known_start: word position -> known name there."""

    sentence: Sentence
    all_caps: bool
    known_end: dict[int, Named] = field(default_factory=dict)
    known_start: dict[int, Named] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """The words as printed."""
        return self.sentence.words

    @property
    def lowers(self) -> list[str]:
        """The words in lower case."""
        return self.sentence.lowers


@dataclass(frozen=True, slots=True)
class Speaker:
    """A noun phrase that may have said something: word positions [start, end), its text as printed, and what it is.

    form: `named` (a known name or a proper name), `role` (a role without a name), `pronoun`.
    """

    start: int
    end: int
    text: str
    form: str


def phrase(sentence: Sentence) -> Phrase:
    """Tokenize the sentence and mark the known names in it."""
    tokenize(sentence)
    letters = sentence.text[:400]
    result = Phrase(sentence, letters.isupper())
    for named in speaker_table().find(sentence.words, result.all_caps):
        result.known_end[named.end] = named
        result.known_start[named.start] = named
    return result


def printed(words: Phrase, start: int, end: int) -> str:
    """Return the text of the words [start, end) exactly as printed."""
    sentence = words.sentence
    return sentence.text[sentence.starts[start] - sentence.start : sentence.ends[end - 1] - sentence.start]


def is_role(words: Phrase, at: int) -> bool:
    """Return whether the word is a role that can head a speaker."""
    role = roles().get(role_key(words.lowers[at]))
    if role is None or role.form == "part":
        role = roles().get(" ".join(words.lowers[at - 1 : at + 1])) if at else None
    return role is not None and role.form != "part"


@lru_cache(maxsize=4096)
def _is_state(word: str) -> bool:
    return name_key(word) in state_words()


def is_name(words: Phrase, at: int) -> bool:
    """Return whether the word looks like part of a proper name."""
    word, low = words.words[at], words.lowers[at]
    vocab = vocabulary()
    if low in vocab.words["time"] or low in vocab.words["determiner"] or low in vocab.words["boundary"] or low in vocab.verbs:
        return False
    if words.all_caps:
        closed = vocab.words["link"] | vocab.words["adverb"] | vocab.words["pronoun"] | vocab.words["no_speaker"]
        return low not in closed and (word[0].isalpha() or _ORDINAL.match(word) is not None)
    return word[0].isupper() or _ORDINAL.match(word) is not None or _LOWER_NAME.match(word) is not None


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(entry.term.lower().rstrip(".") for entry in load("abbreviations", _ABBREVIATION_CLASSES))


def _is_abbreviating(words: Phrase, at: int) -> bool:
    """Return whether the word at `at` is the point of an abbreviation inside a name (`Maj. Gen. John W. Brown`)."""
    if words.words[at] != "." or at == 0 or at + 1 >= len(words.words):
        return False
    before = words.lowers[at - 1]
    return (len(before) == 1 and before.isalpha()) or before in _abbreviations()


def _joins(words: Phrase, at: int, floor: int) -> bool:
    """Return whether the word joins two parts of a name (`Amer al Ashi`, `Health & Safety`, `24` in `Suwayda 24`)."""
    if at <= floor or at + 1 >= len(words.words):
        return False
    low = words.lowers[at]
    if low in vocabulary().words["joiner"]:
        partner = is_role(words, at + 1) or words.lowers[at + 1] in vocabulary().words["modifier"]
        both_roles = low == "and" and is_role(words, at - 1) and partner
        return both_roles or (low != "and" and is_name(words, at - 1))
    return low.isdigit() and is_name(words, at - 1)


def _article_before(words: Phrase, at: int, floor: int) -> int | None:
    """Return the position of the article that opens the plain noun phrase the word is in; None when there is none near."""
    vocab = vocabulary()
    for back in range(at - 1, max(floor, at - _LOOK_FOR_ARTICLE) - 1, -1):
        low = words.lowers[back]
        if low in vocab.words["determiner"]:
            return back
        if low in vocab.words["boundary"] or low in vocab.words["link"] or low in vocab.verbs or not low[0].isalpha():
            return None
    return None


def _links_to_role(words: Phrase, at: int, floor: int) -> bool:
    """Return whether the word links what follows to a role before it (`a source in the 4th Division`)."""
    low = words.lowers[at]
    return low in vocabulary().words["link"] and at > floor and (is_role(words, at - 1) or at in words.known_end)


def _is_of_body(words: Phrase, start: int, end: int, floor: int) -> bool:
    """Return whether `of` links a person's name to the body at [start, end): `Lt. Mark Bell of the Akron Police Department`."""
    named = start - 3 >= floor and words.lowers[start - 1] in ("of", "with") and all(is_name(words, i) for i in (start - 2, start - 3))
    return named and is_role(words, end - 1) and not _is_state(words.words[start - 2])


def _joins_role(words: Phrase, start: int, end: int) -> bool:
    """Return whether `and` joins the phrase at [start, end) to another role: `witnesses and a doctor`."""
    opens = start == 2 or (start > 2 and (words.words[start - 3] in HARD_STOPS or words.lowers[start - 3] in (",", "that")))
    return opens and words.lowers[start - 1] == "and" and is_role(words, start - 2) and is_role(words, end - 1)


def _step_left(words: Phrase, at: int, floor: int) -> int | None:
    """Return how far left the phrase reaches when the word at `at` belongs to it; None when it does not."""
    vocab, low = vocabulary(), words.lowers[at]
    known = words.known_end.get(at + 1)
    if known is not None and known.start >= floor:
        return known.start
    if low in _POSSESSIVES or is_role(words, at) or low in vocab.words["modifier"] or is_name(words, at) or _joins(words, at, floor):
        return at
    if _links_to_role(words, at, floor) or _is_abbreviating(words, at):
        return at
    if low[0].isalpha() and low not in vocab.words["boundary"] and low not in vocab.words["link"] and low not in vocab.verbs:
        article = _article_before(words, at, floor)
        return None if article is None else article + 1
    return None


def _is_body(words: Phrase, at: int) -> bool:
    """Return whether the word is a role of bodies, not of persons (`Protection`, not `Sheikh`)."""
    role = roles().get(role_key(words.lowers[at]))
    return role is not None and role.form == "body"


def _after_names(words: Phrase, start: int, end: int, floor: int) -> int:
    """Return where a role without an article begins behind the names of somebody else (`killing Salman Afandi state TV said`)."""
    if start == floor or (not words.words[start - 1][0].isalpha() and words.lowers[start] not in vocabulary().words["determiner"]):
        return start
    first = start + (words.lowers[start] in vocabulary().words["determiner"])
    at = first
    while at < end and words.words[at][0].isupper() and not (at in words.known_start or _is_state(words.words[at]) or _is_body(words, at)):
        at += 1
    if at < end and _LOWER_NAME.match(words.words[at]):
        at += 1
    follows = at < end and words.words[at].islower() and (words.lowers[at] in vocabulary().words["modifier"] or is_role(words, at))
    return at if follows and at - first >= _NAMES_OF_ANOTHER else start


def _trim_left(words: Phrase, start: int, end: int, floor: int) -> int:
    """Cut what stands before the phrase without belonging to it: a place after a preposition (`in Aleppo police said`)."""
    vocab = vocabulary()
    at = start
    if start > floor and words.lowers[start - 1] in vocab.words["link"] and words.lowers[start] not in vocab.words["determiner"]:
        while at < end - 1 and _is_state(words.words[at]) and is_name(words, at + 1):
            at += 1
        if at > start:
            return at
        while at < end and is_name(words, at) and not is_role(words, at) and at not in words.known_start:
            at += 1
        if at == end or not any(is_role(words, i) or words.lowers[i] in vocab.words["modifier"] for i in range(at, end)):
            return start
    at = _after_names(words, at, end, floor)
    while at < end and (words.lowers[at] in vocab.words["link"] or words.lowers[at] in _POSSESSIVES or words.lowers[at] in ("and", "&")):
        at += 1
    return at


def _heads(words: Phrase, start: int, end: int) -> bool:
    """Return whether the head of the phrase, its last word before what it is linked to, is a role or a name.

    `a military airport` has the role word `military` and says nothing.
    """
    links = vocabulary().words["link"]
    head = next((i for i in range(start + 1, end) if words.lowers[i] in links and is_role(words, i - 1)), end) - 1
    return is_role(words, head) or is_name(words, head) or words.lowers[head].isdigit()


def _form(words: Phrase, start: int, end: int) -> str | None:
    """Return what the phrase is as a speaker; None when it is none."""
    vocab = vocabulary()
    if end - start == 1 and words.lowers[start] in vocab.words["pronoun"]:
        return "pronoun"
    if start >= end or words.lowers[end - 1] in _POSSESSIVES:
        return None
    if any(words.known_start.get(i) and words.known_start[i].end <= end for i in range(start, end)):
        return "named"
    has_role = any(is_role(words, i) for i in range(start, end)) and _heads(words, start, end)
    names = [i for i in range(start, end) if is_name(words, i) and not _is_state(words.words[i])]
    capital_only = [i for i in names if not is_role(words, i) and words.lowers[i] not in vocab.words["modifier"]]
    if has_role:
        return "named" if capital_only else "role"
    if len(words.words) > start and all(_is_state(words.words[i]) for i in range(start, end)):
        return "named"
    if capital_only and not any(words.lowers[i] in vocab.words["no_speaker"] for i in range(start, end)):
        return "named"
    return None


def _made(words: Phrase, start: int, end: int) -> Speaker | None:
    form = _form(words, start, end)
    return None if form is None else Speaker(start, end, printed(words, start, end), form)


def speaker_ending(words: Phrase, end: int, floor: int = 0) -> Speaker | None:
    """Return the speaker whose last word stands before position `end`, reaching no further left than `floor`."""
    if end <= floor:
        return None
    vocab = vocabulary()
    if words.lowers[end - 1] in vocab.words["pronoun"]:
        return _made(words, end - 1, end)
    start, low_floor = end, max(floor, end - MAX_SPEAKER)
    while start > low_floor:
        at = start - 1
        if words.lowers[at] in vocab.words["determiner"]:
            start = at
            linked = start > low_floor and (
                _links_to_role(words, start - 1, low_floor) or _is_of_body(words, start, end, low_floor) or _joins_role(words, start, end)
            )
            if not linked:
                break
            start -= 1
            continue
        reach = _step_left(words, at, low_floor)
        if reach is None:
            break
        start = reach
    return _made(words, _trim_left(words, start, end, low_floor), end)


def _step_right(words: Phrase, at: int, start: int, ceiling: int) -> int | None:
    """Return how far right the phrase reaches when the word at `at` belongs to it; None when it does not."""
    vocab, low = vocabulary(), words.lowers[at]
    known = words.known_start.get(at)
    if known is not None:
        return known.end
    if low in _POSSESSIVES or is_role(words, at) or low in vocab.words["modifier"]:
        return at + 1
    if _is_abbreviating(words, at) and at > start and is_name(words, at + 1):
        return at + 1
    if low in vocab.words["boundary"] or low in vocab.verbs or not (low[0].isalnum()):
        return None
    if low in vocab.words["determiner"]:
        opens = at == start or words.lowers[at - 1] in vocab.words["link"]
        return at + 1 if opens else None
    if is_name(words, at):
        return at + 1
    if low in vocab.words["link"]:
        joins = at > start and at + 1 < ceiling and (is_role(words, at - 1) or low in ("of", "for")) and low not in ("on", "to", "by")
        return at + 1 if joins else None
    if low in vocab.words["joiner"] and at > start and at + 1 < ceiling:
        follows = is_role(words, at + 1) or is_name(words, at + 1)
        return at + 1 if follows and (low != "and" or is_role(words, at + 1)) else None
    in_plain = any(words.lowers[i] in vocab.words["determiner"] for i in range(max(start, at - 4), at)) or at == start
    follows_role = at + 1 < ceiling and is_role(words, at + 1)
    return at + 1 if (in_plain or follows_role) and low not in vocab.words["time"] and low not in vocab.words["adverb"] else None


def speaker_starting(words: Phrase, start: int) -> Speaker | None:
    """Return the speaker whose first word stands at position `start`."""
    total = len(words.words)
    ceiling = min(total, start + MAX_SPEAKER)
    at = start
    while at < ceiling:
        reach = _step_right(words, at, start, ceiling)
        if reach is None:
            break
        at = reach
    end = min(at, total)
    vocab = vocabulary()
    while end > start and (
        words.lowers[end - 1] in vocab.words["link"]
        or words.lowers[end - 1] in _POSSESSIVES
        or words.lowers[end - 1] in vocab.words["determiner"]
    ):
        end -= 1
    if end == start and start < total and words.lowers[start] in vocab.words["pronoun"]:
        end = start + 1
    return _made(words, start, end) if end > start else None


def with_aside(words: Phrase, speaker: Speaker) -> Speaker:
    """Return the speaker with the aside that follows in commas, when it is a name or role (`The governor of X, Ismail Khan,`)."""
    total = len(words.words)
    if speaker.end + 2 >= total or words.words[speaker.end] != ",":
        return speaker
    aside = speaker_starting(words, speaker.end + 1)
    if (
        aside is None
        or aside.form == "pronoun"
        or aside.end >= total
        or not (words.words[aside.end] in {",", "."} or words.lowers[aside.end] in vocabulary().words["relative"])
    ):
        return speaker
    return Speaker(speaker.start, aside.end, printed(words, speaker.start, aside.end), "named")


def with_partner(words: Phrase, speaker: Speaker) -> Speaker:
    """Return the speaker with another joined to it by `and` (`activists and the Syrian Observatory`)."""
    total = len(words.words)
    if speaker.end + 1 >= total or words.lowers[speaker.end] != "and":
        return speaker
    partner = speaker_starting(words, speaker.end + 1)
    if partner is None or partner.form == "pronoun" or kind_of(partner.text) is None:
        return speaker
    if partner.end < total and words.words[partner.end][0].isalpha():
        return speaker
    return Speaker(speaker.start, partner.end, printed(words, speaker.start, partner.end), "named")
