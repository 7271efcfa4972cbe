"""Counts carried on to people named again: `abducted three employees … the hostages were killed`, `their bodies were found`.

Such a mention states no number of its own and is no figure; it only says that an outcome befell people counted before.

Belongs here: which count a mention takes up. Keep out: finding the mentions (`attachment.py`) and adding up (`totals.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure
from transforms.reading.totals import Total
from transforms.reading.vocabulary import cues

# whom later sentences speak of again: those taken or missing
_BEFORE = frozenset({"abducted", "detained", "missing"})


def _singular(word: str) -> str:
    return word.removesuffix("s").replace("men", "man")


def _antecedent(document: Document, head: str | None, sentence_index: int, outcome: str) -> Figure | None:
    """The nearest earlier figure of another outcome whose people the words can mean: the same noun, `hostages`, `they`."""
    for figure in reversed(document.figures):
        if figure.sentence_index >= sentence_index or figure.outcome not in _BEFORE - {outcome} or figure.relation != "total":
            continue
        if figure.count_min is None or figure.count_min < 1:
            continue
        words = {_singular(word) for word in (figure.victim_text or "").lower().split()}
        if head is None or head in cues("anaphoric") or _singular(head) in words:
            return figure
    return None


def carried(document: Document, outcome: str) -> Total | None:
    """Return the total that a mention of people counted before carries into an outcome; None when there is no such mention."""
    for index in sorted(document.marks):
        for said, head in document.marks[index].again:
            figure = _antecedent(document, head, index, outcome) if said == outcome else None
            if figure is not None:
                return Total(figure.count_min, figure.count_max, (figure,))
    return None
