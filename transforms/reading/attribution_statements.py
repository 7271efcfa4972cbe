"""Statements: who says something in one sentence, by which words, and which part of the sentence is what they say.

Belongs here: the frames (`X said`, `said X`, `according to X`, `Y quoted X as saying`, `X told Y`, `X: …`). Keep out: whom
a pronoun means and what carries over to other sentences (`attribution.py`), noun phrases (`attribution_speakers.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from transforms.reading.attribution_speakers import HARD_STOPS, Phrase, Speaker, is_role, printed, speaker_ending, speaker_starting
from transforms.reading.attribution_words import vocabulary
from transforms.sources.phrases import kind_of

_BE = frozenset({"is", "was", "were", "are", "been", "being", "be"})
_RELATIVE = frozenset({"who", "which"})
_MARKS = frozenset({":", "-", "\u2013", "\u2014"})
_QUOTES = frozenset('"\u201c\u201d')
_OUTLET_LOOK = 8
_APPOSITION, _BRACKET = 26, 7
_MAX_APPOSITION = 12
# Nouns that make `claimed` and `put` something other than saying.
_CLAIMED_THINGS = frozenset({"responsibility", "credit", "lives", "life", "victory", "victims"})
_COUNTING = frozenset({"more", "at", "over", "dozens", "hundreds", "scores", "several", "up", "nearly", "about", "around"})
_CLAUSE_OPENERS = frozenset({"but", "and", "while", "that", "meanwhile", ";", ":", "however"})
_NOT_AFTER_NOUN = frozenset({"of", "on", "from", "about", "by"})
_BREAKS = frozenset({"while", "whereas", "but", "however", ";"})


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


def _skip_back(words: Phrase, at: int) -> int:
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


def _subject(words: Phrase, verb: int, floor: int) -> Speaker | None:
    """Return the speaker before the verb, over adverbs, asides and relative pronouns."""
    end = _skip_back(words, verb)
    if end <= floor or (words.words[end - 1] in HARD_STOPS and words.words[end - 1] != ")"):
        return None
    if words.words[end - 1] == ",":
        return _apposed(words, end - 1)
    if words.words[end - 1] == ")":
        return _with_bracket(words, end, floor)
    speaker = speaker_ending(words, end, floor)
    if speaker is not None and words.lowers[speaker.start] in _RELATIVE:
        before = speaker.start - (1 if speaker.start > 0 and words.words[speaker.start - 1] == "," else 0)
        named = speaker_ending(words, before, floor)
        return None if named is None else replace(named, end=speaker.end)
    return speaker


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
    if end < len(words.words) and words.lowers[end] in ("that", ":"):
        return True
    after = _after_time(words, end)
    if after >= len(words.words):
        return False
    following = words.words[after]
    follows_on = words.lowers[after] in ("and", "but", "while", "as", "adding", "citing", "quoting", "which", "who")
    return not (following in HARD_STOPS or following == "," or follows_on)


def _is_noun(words: Phrase, verb: int) -> bool:
    """Return whether a form such as `reports` or `claims` is a noun here."""
    low = words.lowers[verb]
    if low not in vocabulary().noun_forms:
        return False
    before = words.lowers[verb - 1] if verb else ""
    after = words.lowers[verb + 1] if verb + 1 < len(words.lowers) else ""
    if after in vocabulary().verbs and after not in vocabulary().noun_forms:
        return True
    determined = before in vocabulary().words["determiner"] or before in ("local", "media", "'s", "\u2019s", "to", "of", "by", "in")
    return determined or after in _NOT_AFTER_NOUN or verb == 0


def _opens_clause(words: Phrase, at: int) -> bool:
    """Return whether a phrase at `at` opens its clause, so that what is said follows it."""
    return at == 0 or words.lowers[at - 1] in _CLAUSE_OPENERS or all(words.words[i] in _QUOTES for i in range(at))


def _says_nothing(words: Phrase, verb: int, verb_class: str) -> bool:
    """Return whether the words after the verb make it something other than saying (`claimed responsibility`)."""
    following = words.lowers[verb + 1 : verb + 7]
    vocab = vocabulary()
    if verb_class == "toll":
        return not any(low in vocab.words["toll_word"] for low in following)
    if verb_class == "claim" and words.lowers[verb].startswith("claim"):
        counted = bool(following) and (following[0].isdigit() or following[0] in _COUNTING)
        if counted and not any(low in vocab.words["boundary"] for low in following[3:]):
            return True
        thing = bool(following) and following[0] in vocab.words["determiner"] and any(low in vocab.words["no_speaker"] for low in following)
        return thing or any(low in _CLAIMED_THINGS for low in following)
    return False


def _can_say(words: Phrase, speaker: Speaker, verb_class: str) -> bool:
    """Return whether that speaker can do that: reporting takes a known name, a body or an office, saying takes anyone."""
    if speaker.form == "pronoun":
        return words.lowers[speaker.start] != "it" or verb_class != "doubt"
    if any(
        low in vocabulary().words["no_speaker"] for low in words.lowers[max(speaker.start, speaker.end - 1) : speaker.end]
    ) and not is_role(words, speaker.end - 1):
        return False
    if verb_class == "see":
        return kind_of(speaker.text) in ("media", "witness", "monitor")
    return verb_class in ("say", "tell", "claim", "deny") or kind_of(speaker.text) is not None


def _outlet(words: Phrase, start: int) -> Speaker | None:
    """Return the outlet that begins at `start`: a medium, or a proper name; never `reporters`."""
    if start >= len(words.words):
        return None
    speaker = speaker_starting(words, start)
    if speaker is None or speaker.form != "named" or kind_of(speaker.text) not in ("media", None):
        return None
    return speaker


def _quoting(words: Phrase, verb: int, found: list[Statement], floor: int) -> Statement | None:
    """Read `X was quoted by Y`, `Y quoted X as saying` and `…, citing X`."""
    total = len(words.words)
    if verb and words.lowers[verb - 1] in _BE:
        source = _subject(words, verb - 1, floor)
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
    relayer = _subject(words, verb, floor)
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
    stated = before in ("statement", "communique", "report", "tweet", "post") or elided
    return speaker_starting(words, 0) if stated else None


def _said(words: Phrase, verb: int, verb_class: str, found: list[Statement], floor: int) -> Statement | None:
    """Read `X said`, `said X`, `X told Y` and `…, adding`."""
    end = verb + 1
    subject = None if _is_noun(words, verb) else _subject(words, verb, floor)
    inverted = None
    before = words.words[_skip_back(words, verb) - 1] if verb else ""
    if verb_class in ("say", "report") and end < len(words.words) and (subject is None or before == ","):
        inverted = speaker_starting(words, end) if not _is_noun(words, verb) and not words.lowers[verb].endswith("ing") else None
    if inverted is not None and verb > 0 and inverted.form != "pronoun" and _can_say(words, inverted, verb_class):
        follows = words.lowers[inverted.end] if inverted.end < len(words.lowers) else "."
        if (
            follows in HARD_STOPS
            or follows in (",", "which", "who", "in", "on", "after", "and", "while")
            or inverted.end == len(words.words)
        ):
            return Statement(verb, inverted.end, inverted, verb_class, False)
    if subject is None:
        subject = _continued(words, verb, found)
        return None if subject is None else Statement(verb, end, subject, verb_class, True)
    if not _can_say(words, subject, verb_class):
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
    if speaker.form == "named":
        return False
    vocab = vocabulary()
    core = [low for low in words.lowers[speaker.start : speaker.end] if low not in vocab.words["determiner"]]
    if " ".join(core) in vocab.words["no_party"]:
        return True
    return bool(core) and core[-1] in vocab.words["no_party"] and kind_of(speaker.text) in (None, "other", "official")


def _according(words: Phrase, at: int) -> Statement | None:
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
        if _no_party(words, speaker):
            by = next(
                (i for i in range(speaker.end, min(len(words.words) - 1, speaker.end + 3)) if words.lowers[i] in ("by", "from")), None
            )
            behind = speaker_starting(words, by + 1) if by is not None else None
            return Statement(at, (behind or speaker).end, behind, "say", _opens_clause(words, at))
        end = speaker.end
        if end + 2 < len(words.words) and words.words[end] == ",":
            aside = speaker_starting(words, end + 1)
            if (
                aside
                and aside.form != "pronoun"
                and aside.end < len(words.words)
                and words.words[aside.end] in {",", "."}
                and speaker.form == "named"
            ):
                end, speaker = aside.end, replace(speaker, end=aside.end, text=printed(words, speaker.start, aside.end))
        return Statement(at, end, speaker, "say", _opens_clause(words, at))
    return None


def _tail(words: Phrase) -> Statement | None:
    """Read a speaker set after the last colon or dash (`12 dead - Homs Governor`), over the outlet's own name at the end."""
    end = next((i for i in range(3, len(words.words)) if words.words[i] == "|"), len(words.words))
    while end > 3 and words.words[end - 1] == ".":
        end -= 1
    for mark in range(end - 2, max(2, end - _OUTLET_LOOK), -1):
        if words.words[mark] not in _MARKS:
            continue
        last = speaker_starting(words, mark + 1)
        kind = kind_of(last.text) if last is not None and last.end == end else None
        if kind == "media":
            end = mark
        elif last is not None and kind is not None:
            return Statement(mark, end, last, "say", False)
        else:
            return None
    return None


def _labelled(words: Phrase) -> list[Statement]:
    """Read `X: …` at the start, `…: X` and `… - X` at the end, and in a headline a bare monitor at the end."""
    total = len(words.words)
    if total < 4:
        return []
    first = speaker_starting(words, 0)
    if first is not None and first.end < total and words.words[first.end] == ":" and kind_of(first.text) is not None:
        return [Statement(0, first.end + 1, first, "say", True)]
    tail = _tail(words)
    if tail is not None:
        return [tail]
    end = next((i for i in range(3, total) if words.words[i] == "|"), total)
    if words.sentence.in_title and kind_of(words.words[end - 1]) == "monitor" and is_role(words, end - 1):
        return [Statement(end - 1, end, Speaker(end - 1, end, words.words[end - 1], "role"), "say", False)]
    return []


def statements(words: Phrase) -> list[Statement]:
    """Return what is said by whom in the sentence, in the order of the words."""
    vocab, found = vocabulary(), _labelled(words)
    named = {i for known in words.known_start.values() for i in range(known.start, known.end)}
    floor = 0
    for at, low in enumerate(words.lowers):
        if at < floor or at in named:
            continue
        verb_class = vocab.verbs.get(low)
        statement = None
        if low in vocab.according:
            statement = _according(words, at)
        if statement is None and verb_class == "quote":
            statement = _quoting(words, at, found, floor)
        elif statement is None and verb_class and not (at and words.lowers[at - 1] in _BE) and not _says_nothing(words, at, verb_class):
            statement = _said(words, at, verb_class, found, floor)
        if statement is not None:
            found.append(statement)
            floor = max(floor, at + 1)
    return sorted(found, key=lambda statement: statement.start)


def covering(words: Phrase, found: list[Statement], at: int) -> Statement | None:
    """Return the statement that the word at position `at` is part of what is said in; None when it is in none."""
    before = [s for s in found if s.leading and s.end <= at]
    after = [s for s in found if not s.leading and s.start >= at]
    lead, trail = (before[-1] if before else None), (after[0] if after else None)
    if lead is None and trail is None:
        # `five died, police said, and three were hurt`: the aside covers both sides
        asides = [s for s in found if not s.leading and s.end <= at]
        return asides[-1] if asides else None
    if lead is None or trail is None:
        return lead or trail
    if lead.speaker is None:
        return trail
    broken = any(low in _BREAKS for low in words.lowers[lead.end : at])
    return trail if broken else lead
