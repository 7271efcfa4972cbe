"""Who is before a verb of saying, and whether the verb is one of saying here.

Belongs here: the grammatical subject over adverbs, asides, brackets and relative pronouns; verbs that are nouns or say nothing.
Keep out: what the whole frame means (`attribution_frames.py`), noun phrases (`attribution_speakers.py`).
"""

from __future__ import annotations

from dataclasses import replace

from transforms.reading.attribution_speakers import HARD_STOPS, Phrase, Speaker, is_role, printed, speaker_ending, speaker_starting
from transforms.reading.attribution_words import vocabulary
from transforms.sources.phrases import kind_of

# Words back to the comma that opens an aside, words of an aside that is kept with the name, words of a bracket.
_APPOSITION, _MAX_APPOSITION, _BRACKET = 26, 12, 7


def before_adverbs(words: Phrase, at: int) -> int:
    """Return the position before the adverbs and auxiliaries that end at `at`."""
    adverbs = vocabulary().words["adverb"]
    while at > 0 and words.lowers[at - 1] in adverbs:
        at -= 1
    return at


def _apposed(words: Phrase, comma: int) -> Speaker | None:
    """Return the speaker before an aside that ends at `comma` (`Amer al-Ashi, the governor, said`)."""
    for back in range(comma - 1, max(0, comma - _APPOSITION) - 1, -1):
        if words.words[back] in HARD_STOPS:
            return None
        if words.words[back] == ",":
            main = speaker_ending(words, back)
            if main is None or main.form == "pronoun":
                return main
            inner = speaker_starting(words, back + 1)
            if inner is not None and inner.end == comma and comma - back <= _MAX_APPOSITION:
                return Speaker(main.start, comma, printed(words, main.start, comma), "named")
            return main
    return None


def _with_bracket(words: Phrase, end: int, floor: int) -> Speaker | None:
    """Return the speaker before a bracket that ends at `end` (`Syrian Observatory for Human Rights (SOHR) said`)."""
    for back in range(end - 2, max(floor, end - _BRACKET) - 1, -1):
        if words.words[back] == "(":
            speaker = speaker_ending(words, back, floor)
            return None if speaker is None else Speaker(speaker.start, end, printed(words, speaker.start, end), speaker.form)
    return None


def subject_of(words: Phrase, verb: int, floor: int) -> Speaker | None:
    """Return the speaker before the verb, over adverbs, asides and relative pronouns."""
    end = before_adverbs(words, verb)
    if end <= floor or (words.words[end - 1] in HARD_STOPS and words.words[end - 1] != ")"):
        return None
    if words.words[end - 1] == ",":
        return _apposed(words, end - 1)
    if words.words[end - 1] == ")":
        return _with_bracket(words, end, floor)
    speaker = speaker_ending(words, end, floor)
    if speaker is None:
        return None
    if words.lowers[speaker.start] in vocabulary().words["relative"]:
        return _before_relative(words, speaker.start, speaker.end, floor)
    if _is_place_after_link(words, speaker):
        # the last words of a relative clause without commas: `the monitor which has a network in Syria said`
        first = max(floor, speaker.start - _APPOSITION)
        relative = next((i for i in range(speaker.start - 1, first, -1) if words.lowers[i] in vocabulary().words["relative"]), None)
        return None if relative is None else _before_relative(words, relative, speaker.end, floor)
    return speaker


def _before_relative(words: Phrase, relative: int, end: int, floor: int) -> Speaker | None:
    """Return the speaker that a relative pronoun stands for, reaching to `end`."""
    before = relative - (1 if relative > 0 and words.words[relative - 1] == "," else 0)
    named = speaker_ending(words, before, floor)
    return None if named is None else replace(named, end=end)


def _is_place_after_link(words: Phrase, speaker: Speaker) -> bool:
    """Return whether the phrase is a name with a preposition before it and nothing that makes it a speaker."""
    linked = speaker.start > 0 and words.lowers[speaker.start - 1] in vocabulary().words["link"]
    return (
        linked
        and speaker.form == "named"
        and kind_of(speaker.text) in (None, "government")
        and not any(is_role(words, i) for i in range(speaker.start, speaker.end))
    )


def is_noun(words: Phrase, verb: int) -> bool:
    """Return whether a form such as `reports` or `claims` is a noun here."""
    low = words.lowers[verb]
    if low not in vocabulary().noun_forms:
        return False
    before = words.lowers[verb - 1] if verb else ""
    after = words.lowers[verb + 1] if verb + 1 < len(words.lowers) else ""
    if after in vocabulary().verbs and after not in vocabulary().noun_forms:
        return True
    if low.startswith("state") and after != "that":
        return True
    determined = before in vocabulary().words["determiner"] or before in ("local", "media", "'s", "\u2019s", "to", "of", "by", "in")
    return determined or after in vocabulary().words["link"] or verb == 0


def says_nothing(words: Phrase, verb: int, verb_class: str) -> bool:
    """Return whether the words after the verb make it something other than saying (`claimed responsibility`)."""
    following = words.lowers[verb + 1 : verb + 7]
    vocab = vocabulary()
    if verb_class == "toll":
        return not any(low in vocab.words["toll_word"] for low in following)
    if verb_class == "claim" and words.lowers[verb].startswith("claim"):
        counted = bool(following) and (following[0].isdigit() or following[0] in vocab.words["counting"])
        if counted and not any(low in vocab.words["victim_verb"] for low in words.lowers[verb + 3 : verb + 12]):
            return True
        thing = bool(following) and following[0] in vocab.words["determiner"] and any(low in vocab.words["no_speaker"] for low in following)
        return thing or any(low in vocab.words["claimed_thing"] for low in following)
    return False


def can_say(words: Phrase, speaker: Speaker, verb_class: str) -> bool:
    """Return whether that speaker can do that: reporting takes a known name, a body or an office, saying takes anyone."""
    if speaker.form == "pronoun":
        return words.lowers[speaker.start] != "it" or verb_class != "doubt"
    if any(
        low in vocabulary().words["no_speaker"] for low in words.lowers[max(speaker.start, speaker.end - 1) : speaker.end]
    ) and not is_role(words, speaker.end - 1):
        return False
    if verb_class == "see":
        return kind_of(speaker.text) in ("media", "witness", "monitor")
    if verb_class in ("say", "tell", "claim", "deny") or kind_of(speaker.text) is not None:
        return True
    return verb_class == "report" and speaker.form == "named" and speaker.end - speaker.start > 1
