"""Step: who is said to have said each figure, through whom it was relayed, and how firmly.

The source is the party that the article names; null where the article asserts the figure itself or names no party. Rules:
the evaluation's guidelines, Attribution. The publisher is never the source unless the text names it.

Belongs here: giving each figure its statement, and carry-over to the following sentences. Keep out: the frames of one
sentence (`attribution_statements.py`), antecedents (`attribution_resolve.py`) and canonical names (`transforms/sources`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from transforms.reading.attribution_frames import Statement
from transforms.reading.attribution_resolve import Discourse, resolve
from transforms.reading.attribution_speakers import Phrase, Speaker, printed
from transforms.reading.attribution_stance import stance
from transforms.reading.attribution_statements import covering
from transforms.reading.attribution_words import vocabulary
from transforms.reading.document import Document, Figure

# Sentences that may go on with one speaker without naming them again, and words in which a sentence shows that it does.
_CARRY = 4
_OPENING_WORDS, _ALSO_WORDS = 4, 12
_QUOTES = ('"', "\u201c")


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution as it goes into a figure. verb: class of the verb of saying."""

    source_text: str | None
    source_kind: str | None
    relayed_by: str | None
    verb: str | None


def _position(words: Phrase, figure: Figure) -> int:
    # the number's last word: `X reported five killed` has the verb in the number phrase
    return max(0, bisect_right(words.sentence.starts, figure.char_end - 1) - 1)


def _inside_quotation(discourse: Discourse, index: int) -> bool:
    """Return whether a quotation that was opened in an earlier sentence is still open at the start of this one."""
    for back in range(index - 1, max(-1, index - 1 - _CARRY), -1):
        text = discourse.sentences[back].text
        opened, closed = text.rfind("\u201c"), text.rfind("\u201d")
        if opened != closed:
            return opened > closed
    return False


def _goes_on(discourse: Discourse, index: int) -> bool:
    """Return whether a sentence plainly goes on with what the one before told: by a quotation, a pronoun, `another`, `also`,
    or by the event just told (`the clashes`)."""
    sentence, before = discourse.sentences[index], discourse.sentences[index - 1]
    words = discourse.said_in(index)[0]
    if sentence.text.startswith(_QUOTES) or _inside_quotation(discourse, index):
        return True
    vocab = vocabulary()
    opening = words.lowers[:_OPENING_WORDS]
    if not opening:
        return False
    if any(low in vocab.words["continues"] for low in opening[: _OPENING_WORDS - 1]) and opening[0] not in ("also", "on", "since"):
        return True
    if sentence.paragraph != before.paragraph:
        return False
    if "also" in words.lowers[1:_ALSO_WORDS] and opening[0] not in vocab.words["fresh"]:
        return True
    if opening[0] in vocab.words["event_definite"] and any(low in vocab.words["no_speaker"] for low in opening[1:]):
        return True
    # the same person named again: `Khalil and Adnan were arrested in May` after `X said that Khalil …`
    return (
        words.words[0] in before.text and words.words[0][0].isupper() and opening[0] not in vocab.words["determiner"] | vocab.words["fresh"]
    )


def _announced(discourse: Discourse, index: int) -> tuple[int, Statement] | None:
    """Return the known name in a sentence that announces a quotation (`The statement released by X reads as follows:`)."""
    known = list(discourse.said_in(index)[0].known_start.values())
    if not known:
        return None
    named = known[0]
    text = printed(discourse.said_in(index)[0], named.start, named.end)
    return index, Statement(named.start, named.end, Speaker(named.start, named.end, text, "named"), "say", True)


def _carried(discourse: Discourse, index: int) -> tuple[int, Statement] | None:
    """Return the statement of an earlier sentence that this sentence plainly goes on with."""
    for back in range(index - 1, max(-1, index - 1 - _CARRY), -1):
        if discourse.sentences[back].in_title or not _goes_on(discourse, back + 1):
            return None
        found = discourse.statements_of(back)
        if found:
            return (back, found[-1]) if found[-1].speaker is not None else None
        if discourse.sentences[back].text.endswith(":"):
            return _announced(discourse, back)
    return None


def _attributed(discourse: Discourse, index: int, figure: Figure) -> _Said | None:
    words, found = discourse.said_in(index)
    statement, where = (covering(words, found, _position(words, figure)) if found else None), index
    carried = False
    if statement is None and not found and not figure.in_title:
        earlier = _carried(discourse, index)
        if earlier is not None:
            where, statement = earlier
            carried = True
    if statement is None:
        return None
    verb = None if carried else statement.verb
    if statement.speaker is None:
        return _Said(None, None, None, verb)
    name, kind = resolve(discourse, where, statement.speaker)
    return _Said(name, kind, statement.relay, verb)


def attribution(document: Document) -> Document:
    """Fill source_text, source_kind, relayed_by, stance, blamed_text and blamed_by of every figure."""
    if not document.figures:
        return document
    discourse = Discourse(document.sentences)
    for figure in document.figures:
        said = _attributed(discourse, figure.sentence_index, figure)
        figure.stance = stance(discourse.sentences[figure.sentence_index], figure, said.verb if said else None)
        blame = discourse.blame_in(figure.sentence_index)
        if blame is not None:
            figure.blamed_text, figure.blamed_by = blame.blamed.text, blame.by.text if blame.by else None
        if said is not None:
            figure.source_text, figure.source_kind, figure.relayed_by = said.source_text, said.source_kind, said.relayed_by
    return document
