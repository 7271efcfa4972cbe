"""Statements: who says something in one sentence, and which part of the sentence is what they say.

Belongs here: finding the frames of a sentence, labels (`X: …`, `… - X`), and what covers a word. Keep out: the frames themselves
(`attribution_frames.py`), whom a pronoun means (`attribution_resolve.py`), carry-over (`attribution.py`).
"""

from __future__ import annotations

from transforms.reading.attribution_frames import Statement, according, quoting, said
from transforms.reading.attribution_speakers import Phrase, Speaker, is_role, printed, speaker_starting
from transforms.reading.attribution_subjects import says_nothing
from transforms.reading.attribution_words import vocabulary
from transforms.sources.phrases import kind_of

_MARKS = frozenset({":", "-", "\u2013", "\u2014"})
# Words at the end of a sentence in which a speaker set off by a mark is looked for.
_TAIL_LOOK = 8
# No real sentence holds more: bounds the work on hostile input.
_MAX_STATEMENTS = 40


def _tail(words: Phrase) -> Statement | None:
    """Read a speaker set after the last colon or dash (`12 dead - Homs Governor`), over the outlet's own name at the end."""
    end = next((i for i in range(3, len(words.words)) if words.words[i] == "|"), len(words.words))
    while end > 3 and words.words[end - 1] == ".":
        end -= 1
    for mark in range(end - 2, max(2, end - _TAIL_LOOK), -1):
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


def _between_marks(words: Phrase) -> list[Statement]:
    """Read speakers between two marks of a page heading that the outlet's name ends (`4 killed - Asayish - North Press`)."""
    found = []
    for mark in [i for i, word in enumerate(words.words) if word in _MARKS and word != ":" and i > 2]:
        named = words.known_start.get(mark + 1)
        closes = named is not None and named.end < len(words.words) and words.words[named.end] in _MARKS
        if named is not None and closes and named.kind not in ("media", "government"):
            speaker = Speaker(named.start, named.end, printed(words, named.start, named.end), "named")
            found.append(Statement(mark, named.end, speaker, "say", False))
    return found[:_MAX_STATEMENTS]


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
    between = _between_marks(words)
    if between:
        return between
    end = next((i for i in range(3, total) if words.words[i] == "|"), total)
    if words.sentence.in_title and kind_of(words.words[end - 1]) == "monitor" and is_role(words, end - 1):
        return [Statement(end - 1, end, Speaker(end - 1, end, words.words[end - 1], "role"), "say", False)]
    return []


def statements(words: Phrase) -> list[Statement]:
    """Return what is said by whom in the sentence, in the order of the words."""
    vocab, found = vocabulary(), _labelled(words)
    named = {i for known in words.known_start.values() for i in range(known.start, known.end)}
    floor, verbs, opening = 0, vocab.verbs, vocab.according
    for at, low in [(at, low) for at, low in enumerate(words.lowers) if low in verbs or low in opening]:
        if at < floor or at in named:
            continue
        if len(found) >= _MAX_STATEMENTS:
            break
        verb_class = verbs.get(low)
        passive = at > 0 and words.lowers[at - 1] in vocab.words["be"]
        statement = according(words, at) if low in opening else None
        if statement is None and verb_class == "quote":
            statement = quoting(words, at, found, floor)
        elif statement is None and verb_class and not passive and not says_nothing(words, at, verb_class):
            statement = said(words, at, verb_class, found, floor)
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
    broken = any(low in vocabulary().words["break"] for low in words.lowers[lead.end : at])
    return trail if broken else lead
