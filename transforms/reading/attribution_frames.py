"""Frames of saying: `X said`, `said X`, `X told Y`, `Y quoted X as saying`, `…, citing X`, `according to X`.

Belongs here: what each frame makes of the words around its verb. Keep out: which frames a sentence has and what they cover
(`attribution_statements.py`), the subject (`attribution_subjects.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.reading.attribution_speakers import HARD_STOPS, Phrase, Speaker, speaker_starting, with_aside, with_partner
from transforms.reading.attribution_subjects import before_adverbs, can_say, is_noun, subject_of
from transforms.reading.attribution_words import vocabulary
from transforms.sources.phrases import kind_of

_QUOTES = frozenset('"\u201c\u201d')
# Words after `was quoted as saying` in which the outlet is looked for.
_OUTLET_LOOK = 8


@dataclass(frozen=True, slots=True)
class Statement:
    """One saying: its words [start, end) with speaker and verb, the speaker (None: no party is named), the class of the
    verb, whether what is said follows (`leading`) or went before, and the outlet that relays it."""

    start: int
    end: int
    speaker: Speaker | None
    verb: str
    leading: bool
    relay: str | None = None


def _after_time(words: Phrase, at: int) -> int:
    """Return the position after words that only say when or by which means it was said."""
    times = vocabulary().words["time"]
    while at < len(words.words) and (words.lowers[at] in times or words.lowers[at].isdigit()):
        at += 1
    return at


def _is_leading(words: Phrase, start: int, end: int) -> bool:
    """Return whether what is said follows the verb: always when nothing stands before it."""
    if start == 0 or all(words.words[i] in _QUOTES or words.lowers[i] in ("but", "and", "meanwhile", ",") for i in range(start)):
        return True
    if end < len(words.words) and (words.lowers[end] in ("that", ":") or words.words[end] in _QUOTES):
        return True
    after = _after_time(words, end)
    if after >= len(words.words):
        return False
    following = words.words[after]
    follows_on = words.lowers[after] in ("and", "but", "while", "as", "adding", "citing", "quoting", "which", "who")
    return not (following in HARD_STOPS or following == "," or follows_on)


def _opens_clause(words: Phrase, at: int) -> bool:
    """Return whether a phrase at `at` opens its clause, so that what is said follows it."""
    return at == 0 or words.lowers[at - 1] in vocabulary().words["clause_opener"] or all(words.words[i] in _QUOTES for i in range(at))


def _outlet(words: Phrase, start: int) -> Speaker | None:
    """Return the outlet that begins at `start`: a medium, or a proper name; never `reporters`."""
    if start >= len(words.words):
        return None
    speaker = speaker_starting(words, start)
    if speaker is None:
        return None
    kind = kind_of(speaker.text)
    is_outlet = kind == "media" and words.lowers[speaker.end - 1] not in vocabulary().words["no_outlet"]
    return speaker if is_outlet or (kind is None and speaker.form == "named") else None


def quoting(words: Phrase, verb: int, found: list[Statement], floor: int) -> Statement | None:
    """Read `X was quoted by Y`, `Y quoted X as saying` and `…, citing X`."""
    total = len(words.words)
    if verb and words.lowers[verb - 1] in vocabulary().words["be"]:
        source = subject_of(words, verb - 1, floor)
        by = next((i for i in range(verb + 1, min(total, verb + _OUTLET_LOOK)) if words.lowers[i] == "by"), None)
        outlet = _outlet(words, by + 1) if by is not None else None
        end = outlet.end if outlet else min(total, verb + 3)
        if source is None:
            return None
        return Statement(source.start, end, source, "say", _is_leading(words, source.start, end), outlet.text if outlet else None)
    source = speaker_starting(words, verb + 1) if verb + 1 < total else None
    if source is None or _no_party(words, source):
        return None
    if words.lowers[verb].endswith("ing"):
        relay = found.pop() if found and found[-1].speaker and found[-1].end <= verb else None
        if relay is None:
            return Statement(verb, source.end, source, "say", False)
        leading = relay.leading and relay.start == 0 and not _is_leading(words, verb, source.end)
        return Statement(relay.start, source.end, source, relay.verb, leading or _is_leading(words, relay.start, source.end), _relay(relay))
    relayer = subject_of(words, verb, floor)
    if relayer is None:
        return None
    end = source.end + (2 if words.lowers[source.end : source.end + 2] == ["as", "saying"] else 0)
    return Statement(relayer.start, end, source, "say", _is_leading(words, relayer.start, end), relayer.text)


def _relay(statement: Statement) -> str | None:
    return None if statement.speaker is None or statement.speaker.form == "pronoun" else statement.speaker.text


def _continued(words: Phrase, verb: int, found: list[Statement]) -> Speaker | None:
    """Return the speaker of a verb without a subject of its own (`…, adding that`, `… and said`)."""
    before = words.lowers[verb - 1] if verb else ""
    elided = before in ("and", "but", "then", "also") and not words.lowers[verb].endswith("ing")
    if not elided and not words.lowers[verb].endswith("ing"):
        return None
    if before == "as":
        return None
    if found:
        return found[-1].speaker
    stated = before in vocabulary().words["written"] or elided
    opening = speaker_starting(words, 0) if stated else None
    return None if opening is None else with_aside(words, opening)


def said(words: Phrase, verb: int, verb_class: str, found: list[Statement], floor: int) -> Statement | None:
    """Read `X said`, `said X`, `X told Y` and `…, adding`."""
    end = verb + 1
    if verb_class == "doubt" and words.lowers[verb].endswith("ed") and words.lowers[end : end + 1] == ["to"]:
        # `gunmen believed to be herders`: others believe it
        return None
    goes_on = found and words.lowers[verb].endswith("ing")
    subject = None if goes_on or is_noun(words, verb) else subject_of(words, verb, floor)
    inverted = None
    before = words.words[before_adverbs(words, verb) - 1] if verb else ""
    if verb_class in ("say", "report") and end < len(words.words) and (subject is None or before == ","):
        inverted = speaker_starting(words, end) if not is_noun(words, verb) and not words.lowers[verb].endswith("ing") else None
    if inverted is not None and verb > 0 and inverted.form != "pronoun" and can_say(words, inverted, verb_class):
        follows = words.lowers[inverted.end] if inverted.end < len(words.lowers) else "."
        if follows in HARD_STOPS or follows == "," or follows in vocabulary().words["aside_follower"] or inverted.end == len(words.words):
            return Statement(verb, inverted.end, inverted, verb_class, False)
    if subject is None:
        subject = _continued(words, verb, found)
        return None if subject is None else Statement(verb, end, subject, verb_class, True)
    if not can_say(words, subject, verb_class):
        return None
    relay = None
    if verb_class == "tell":
        told = speaker_starting(words, end) if end < len(words.words) else None
        outlet = _outlet(words, end)
        relay = outlet.text if outlet else None
        end = told.end if told else end
    return Statement(subject.start, end, subject, verb_class, _is_leading(words, subject.start, end), relay)


def _no_party(words: Phrase, speaker: Speaker) -> bool:
    """Return whether the phrase names no party (`updated data`, `the latest toll`, `reports`)."""
    vocab = vocabulary()
    if speaker.form == "named" and not words.all_caps:
        return False
    core = [low for low in words.lowers[speaker.start : speaker.end] if low not in vocab.words["determiner"]]
    if " ".join(core) in vocab.words["no_party"]:
        return True
    if speaker.form == "named":
        return any(low in vocab.words["no_party"] for low in core[:2]) and kind_of(speaker.text) in (None, "other")
    return bool(core) and core[-1] in vocab.words["no_party"] and kind_of(speaker.text) in (None, "other", "official")


def according(words: Phrase, at: int) -> Statement | None:
    """Read `according to X` and its like at position `at`."""
    for rest in vocabulary().according.get(words.lowers[at], ()):
        opened = at + 1 + len(rest)
        if tuple(words.lowers[at + 1 : opened]) != rest or opened >= len(words.words):
            continue
        speaker = speaker_starting(words, opened)
        if speaker is None:
            end = next(
                (i for i in range(opened, min(len(words.words), opened + 6)) if words.words[i] in HARD_STOPS or words.words[i] == ","),
                opened + 1,
            )
            return Statement(at, end, None, "say", _opens_clause(words, at))
        after = words.lowers[speaker.end] if speaker.end < len(words.lowers) else ""
        if _no_party(words, speaker) or (words.all_caps and after in vocabulary().words["no_party"]):
            by = next(
                (i for i in range(speaker.end, min(len(words.words) - 1, speaker.end + 3)) if words.lowers[i] in ("by", "from", "of")), None
            )
            behind = speaker_starting(words, by + 1) if by is not None else None
            return Statement(at, (behind or speaker).end, behind, "say", _opens_clause(words, at))
        if speaker.form == "named":
            speaker = with_aside(words, speaker)
        speaker = with_partner(words, speaker)
        return Statement(at, speaker.end, speaker, "say", _opens_clause(words, at))
    return None
