"""Whom a speaker stands for: pronouns, roles and bare surnames resolved to the name the article printed.

Belongs here: looking back through the article for the antecedent, within bounds. Keep out: the frames of one sentence
(`attribution_statements.py`), canonical names (`transforms/sources`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.reading.attribution_blame import Blame, blame_in
from transforms.reading.attribution_frames import Statement
from transforms.reading.attribution_speakers import Phrase, Speaker, phrase, speaker_ending, speaker_starting, with_aside
from transforms.reading.attribution_statements import statements
from transforms.reading.attribution_words import may_attribute, vocabulary
from transforms.reading.document import Sentence
from transforms.sources.known import Role, roles
from transforms.sources.phrases import kind_of, role_key, split_words

# Sentences looked back for the antecedent of a pronoun, of a role, and for the first mention of a surname.
_PRONOUN_WINDOW, _ROLE_WINDOW, _NAME_WINDOW = 6, 25, 40
# Speakers looked at for one antecedent: bounds the work on hostile input.
_MAX_SPEAKERS = 60
_PEOPLE = frozenset({"he", "she", "who"})
_PLURAL = frozenset({"they"})


@dataclass(slots=True)
class Discourse:
    """The sentences of an article with their statements, worked out when first asked for."""

    sentences: list[Sentence]
    parsed: dict[int, tuple[Phrase, list[Statement]]] = field(default_factory=dict)
    blames: dict[int, Blame | None] = field(default_factory=dict)
    names: dict[tuple[int, int], tuple[str | None, str | None]] = field(default_factory=dict)

    def said_in(self, index: int) -> tuple[Phrase, list[Statement]]:
        """Return the words of a sentence and what is said in it by whom."""
        if index not in self.parsed:
            sentence = self.sentences[index]
            words = phrase(sentence)
            speaks = sentence.in_title or may_attribute(sentence.text)
            self.parsed[index] = words, statements(words) if speaks else []
        return self.parsed[index]

    def blame_in(self, index: int) -> Blame | None:
        """Return whom a sentence blames."""
        if index not in self.blames:
            self.blames[index] = blame_in(self.said_in(index)[0])
        return self.blames[index]

    def statements_of(self, index: int) -> list[Statement]:
        """Return what is said in a sentence, without cutting sentences into words that hold no cue."""
        if index not in self.parsed and not may_attribute(self.sentences[index].text):
            return []
        return self.said_in(index)[1]

    def earlier(self, index: int, before: int, window: int) -> list[tuple[int, Speaker]]:
        """Return the speakers before a word of a sentence, the nearest first, up to `window` sentences back."""
        found = [(index, s.speaker) for s in reversed(self.statements_of(index)) if s.speaker and s.speaker.end <= before]
        for back in range(index - 1, max(-1, index - 1 - window), -1):
            found.extend((back, s.speaker) for s in reversed(self.statements_of(back)) if s.speaker)
            if len(found) > _MAX_SPEAKERS:
                break
        return found


def _roles_of(text: str) -> list[Role]:
    return [roles()[key] for key in map(role_key, split_words(text)) if key in roles()]


def _is_person(speaker: Speaker) -> bool:
    """Return whether the speaker is a person: a role of persons, or a name that is no organisation's."""
    found = _roles_of(speaker.text)
    if any(role.form in ("person", "unnamed") for role in found):
        return True
    return not found and speaker.form == "named" and kind_of(speaker.text) is None and not speaker.text.lower().startswith("the ")


def _is_plural(speaker: Speaker) -> bool:
    """Return whether the speaker is a role in the plural (`security sources`): no `he`."""
    words = split_words(speaker.text)
    return speaker.form == "role" and bool(words) and words[-1].lower().endswith("s")


def _fits(pronoun: str, speaker: Speaker) -> bool:
    """Return whether the pronoun can mean that speaker."""
    if pronoun in _PEOPLE:
        return _is_person(speaker) and not _is_plural(speaker)
    if pronoun in _PLURAL:
        return True
    return not _is_person(speaker)


def _of_pronoun(discourse: Discourse, index: int, speaker: Speaker) -> tuple[int, Speaker] | None:
    pronoun = speaker.text.lower()
    left, first = _PRONOUN_WINDOW, index
    for back, earlier in discourse.earlier(index, speaker.start, _ROLE_WINDOW):
        if earlier.form == "pronoun":
            # the same person still speaks: look as far back from here
            left, first = _PRONOUN_WINDOW + index - back, back
            continue
        if index - back > left:
            break
        if _fits(pronoun, earlier):
            return back, earlier
    return _subject_before(discourse, first, pronoun)


def _subject_before(discourse: Discourse, index: int, pronoun: str) -> tuple[int, Speaker] | None:
    """Return the office-holder or body that opens the sentence before (`The governor of X, Y, visited … He said`)."""
    if index == 0 or discourse.sentences[index - 1].in_title:
        return None
    words = discourse.said_in(index - 1)[0]
    opening = speaker_starting(words, 0) if words.words else None
    if opening is None or opening.form == "pronoun" or kind_of(opening.text) is None or not _fits(pronoun, opening):
        return None
    return index - 1, with_aside(words, opening)


def _of_role(discourse: Discourse, index: int, speaker: Speaker) -> Speaker | None:
    """Return the fuller mention that a definite role means: the same head with more words, or a named one of that kind."""
    words = split_words(speaker.text)
    if not words or words[0].lower() not in vocabulary().words["definite"] or len(words) > 4:
        return None
    core = {role_key(word) for word in words[1:]}
    head = role_key(words[-1])
    role = roles().get(head)
    kind = kind_of(speaker.text)
    for _, earlier in discourse.earlier(index, speaker.start, _ROLE_WINDOW):
        if earlier.form == "pronoun" or earlier.text == speaker.text:
            continue
        theirs = [role_key(word) for word in split_words(earlier.text)]
        if core <= set(theirs) and len(theirs) > len(words):
            return earlier
        of_kind = (
            role is not None and role.weight == 3 and role.form == "body" and earlier.form == "named" and kind_of(earlier.text) == kind
        )
        if of_kind and kind in ("monitor", "ngo", "un") and not _is_person(earlier):
            return earlier
        generic = role is not None and role.weight == 1 and role.form == "body" and earlier.form == "named" and not _is_person(earlier)
        if generic:
            return earlier
    return None


def _of_name(discourse: Discourse, index: int, speaker: Speaker) -> Speaker | None:
    """Return the first fuller mention of a bare surname (`Barazi` -> `Homs Governor Talal Barazi`)."""
    words = split_words(speaker.text)
    if not words or len(words) > 2:
        return None
    surname = words[-1]
    for _, earlier in discourse.earlier(index, speaker.start, _ROLE_WINDOW):
        if surname in split_words(earlier.text) and len(earlier.text) > len(speaker.text):
            return earlier
    for back in range(max(0, index - _NAME_WINDOW), index):
        if surname not in discourse.sentences[back].text:
            continue
        told, _ = discourse.said_in(back)
        at = next((i for i, word in enumerate(told.words) if word == surname), None)
        fuller = speaker_ending(told, at + 1) if at is not None else None
        if fuller is not None and fuller.form == "named" and len(fuller.text) > len(speaker.text):
            return fuller
    return None


def resolve(discourse: Discourse, index: int, speaker: Speaker) -> tuple[str | None, str | None]:
    """Return the printed name that the speaker of a sentence stands for, and its kind; (None, None) when it is unclear."""
    key = (index, speaker.start)
    if key not in discourse.names:
        discourse.names[key] = _resolved(discourse, index, speaker)
    return discourse.names[key]


def _resolved(discourse: Discourse, index: int, speaker: Speaker) -> tuple[str | None, str | None]:
    if speaker.form == "pronoun":
        found = _of_pronoun(discourse, index, speaker)
        if found is None:
            return None, None
        index, speaker = found
    kind = kind_of(speaker.text)
    fuller = None
    if speaker.form == "role":
        fuller = _of_role(discourse, index, speaker)
    elif kind is None:
        fuller = _of_name(discourse, index, speaker)
    if fuller is not None:
        return fuller.text, kind_of(fuller.text) or kind or "other"
    return speaker.text, kind or "other"
