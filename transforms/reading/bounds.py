"""Step: what each number phrase asserts: lowest and highest number and the bound.

The table of words stands in the claims guidelines (section Numbers); the modifier classes in the lexicon `quantities`.

Belongs here: from number phrase to count_min, count_max, bound. Keep out: finding the phrase (`quantities.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure
from transforms.reading.marks import Quantity


def _bounded(quantity: Quantity) -> tuple[int | None, int | None, str]:
    low, high = quantity.low, quantity.high
    if quantity.kind == "vague":
        return low, None, "vague"
    if quantity.kind == "range":
        return low, high, "range"
    match quantity.modifier:
        case "at_least":
            return low, None, "at_least"
        case "more_than":
            return low + 1, None, "more_than"
        case "at_most":
            return None, low, "at_most"
        case "fewer_than":
            return None, low - 1, "fewer_than"
        case "about_under":
            return None, low, "about"
        case "about":
            return low, high, "about"
    return low, high, "exact"


def _fill(figure: Figure, quantity: Quantity | None) -> None:
    if quantity is None:
        one = 0 if figure.rule == "zero" or figure.quantity_text.lower() in ("no", "nobody", "none") else 1
        figure.count_stated = figure.count_min = figure.count_max = one
        figure.bound = "exact"
        return
    figure.count_min, figure.count_max, figure.bound = _bounded(quantity)
    figure.count_stated = None if quantity.kind in ("vague", "range") else quantity.low


def bounds(document: Document) -> Document:
    """Fill count_stated, count_min, count_max and bound of every figure."""
    for figure in document.figures:
        marks = document.marks[figure.sentence_index]
        first = figure.quantity_tokens[0]
        quantity = next((q for q in marks.quantities if q.start == first), None)
        _fill(figure, quantity)
    return document
