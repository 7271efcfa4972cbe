"""Step: note the numbers that were read in a sentence on casualties and belong to no figure, each with the reason.

Belongs here: those notes, which `explain` shows. Keep out: numbers that are no counts at all (`traps.py` notes them) and
figures that are taken out again (each step that does so notes it).
"""

from __future__ import annotations

from transforms.reading.document import Document, Dropped, Sentence
from transforms.reading.marks import Phrase, Quantity

NOT_PEOPLE, NOTHING_SAID, NO_NOUN = "not people", "nothing of what happened to them", "counts nothing"


def _reason(sentence: Sentence, quantity: Quantity, phrase: Phrase | None) -> str:
    """`30 villages: not people`."""
    start, end = (quantity.start, quantity.end) if phrase is None else (phrase.start, phrase.end)
    words = sentence.text[sentence.starts[start] - sentence.start : sentence.ends[end - 1] - sentence.start]
    if phrase is None:
        return f"{words}: {NO_NOUN}"
    return f"{words}: {NOT_PEOPLE if phrase.kind == 'thing' else NOTHING_SAID}"


def left_out(document: Document) -> Document:
    """Add to `document.dropped` every number phrase of a marked sentence that no figure rests on and no step has noted yet."""
    used: dict[int, set[int]] = {}
    for figure in document.figures:
        used.setdefault(figure.sentence_index, set()).update(range(*figure.quantity_tokens))
    noted = {(note.in_title, note.char_start) for note in document.dropped}
    for index, marks in document.marks.items():
        if not marks.quantities:
            continue
        sentence, taken = document.sentences[index], used.get(index, set())
        phrases = {phrase.quantity.start: phrase for phrase in marks.phrases if phrase.quantity is not None}
        for quantity in marks.quantities:
            first, last = sentence.starts[quantity.start], sentence.ends[quantity.end - 1]
            if taken.isdisjoint(range(quantity.start, quantity.end)) and (sentence.in_title, first) not in noted:
                why = _reason(sentence, quantity, phrases.get(quantity.start))
                document.dropped.append(Dropped(sentence.in_title, first, last, why))
    return document
