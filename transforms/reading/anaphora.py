"""Counts carried on to people named again: `abducted three employees … the hostages were killed`, `their bodies were found`.

Such a mention states no number of its own and is no figure; it only says that an outcome befell people counted before.

Belongs here: which count a mention takes up. Keep out: finding the mentions (`attachment.py`) and adding up (`totals.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure
from transforms.reading.totals import SUMMARY_SENTENCES, Total, is_open
from transforms.reading.vocabulary import cues

# whom later sentences speak of again: those taken or missing
_BEFORE = frozenset({"abducted", "detained", "missing"})


def _singular(word: str) -> str:
    return word.removesuffix("s").replace("men", "man")


def _antecedent(document: Document, head: str | None, at: tuple[int, int], outcome: str) -> Figure | None:
    """The nearest earlier figure of another outcome whose people the words can mean: the same noun, `hostages`, `they`."""
    summary = len(document.sentences) <= SUMMARY_SENTENCES
    for figure in reversed(document.figures):
        shot = summary and head is None and figure.outcome == "injured" and is_open(figure)
        here = (figure.sentence_index, max(figure.quantity_tokens[0], figure.outcome_tokens[0]))
        # in one sentence only `shot two clerks, killing them`: `the hostages` there may be others
        if (
            here >= (at if head is None else (at[0], 0))
            or figure.relation != "total"
            or not (shot or figure.outcome in _BEFORE - {outcome})
        ):
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
        for said, head, token in document.marks[index].again:
            figure = _antecedent(document, head, (index, token), outcome) if said == outcome else None
            if figure is not None:
                return _with_its_list(document, figure, head)
    return None


def _with_its_list(document: Document, figure: Figure, head: str | None) -> Total:
    """`a clerk and his brother were abducted. Their bodies were found`: `they` are all of the list."""
    listed = [
        f
        for f in document.figures
        if head is None and f.sentence_index == figure.sentence_index and f.outcome == figure.outcome and f.relation == "total"
        and f.outcome_tokens == figure.outcome_tokens
    ] or [figure]  # fmt: skip
    highs = [f.count_max for f in listed]
    high = None if None in highs else sum(h or 0 for h in highs)
    return Total(sum(f.count_min or 0 for f in listed), high, tuple(listed))
