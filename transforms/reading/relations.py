"""Step: how the figures of an article relate: parts and wholes, superseded tolls, trends.

Belongs here: relation, part_of, supersedes, trend. Keep out: which figures make the article's totals (`main_incident.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.vocabulary import cues

NEAR_SENTENCES = 2


def _is_of_uncounted(document: Document, figure: Figure) -> bool:
    """`fought the rebels in the town where scores of them were killed`: `them` are people whose number nobody stated."""
    phrase = document.phrase_of(figure)
    if phrase is None or document.sentences[figure.sentence_index].lowers[phrase.end - 1] != "them":
        return False
    phrases = document.marks[figure.sentence_index].phrases
    meant = [p for p in phrases if p.end <= phrase.start and p.people is not None and p.plural]
    counted = [f.victim_tokens for f in document.figures if f.sentence_index == figure.sentence_index and f is not figure]
    return bool(meant) and not any(meant[-1].start < end <= phrase.start for _, end in counted)


def _is_of_counted(document: Document, figure: Figure) -> bool:
    """`37 were hurt. Two of the 37 were severely hurt`: not so of `two drowned. One of the other two was killed`."""
    phrase = document.phrase_of(figure)
    if phrase is None or phrase.of_number is None:
        return True
    if not cues("one_more").isdisjoint(document.sentences[figure.sentence_index].lowers[phrase.start : phrase.end]):
        return False
    number = phrase.of_number.low
    return any(f.outcome == figure.outcome and f.count_min == number and f is not figure for f in document.figures)


def _wholes(document: Document) -> None:
    """A part belongs to the nearest figure of its outcome that is no part: before it in its sentence, else behind it, else earlier."""
    figures = document.figures
    for index, figure in enumerate(figures):
        if figure.relation != "part_of":
            continue
        if not figure.partitive and not _is_of_counted(document, figure):
            figure.relation = "total"
            continue
        if figure.partitive and _is_of_uncounted(document, figure):
            figure.relation = "total"
            continue
        same = [
            (i, f)
            for i, f in enumerate(figures)
            if i != index
            and f.outcome == figure.outcome
            and f.relation == "total"
            and (f.count_max is None or f.count_max > (figure.count_min or 0))
        ]
        here = [(i, f) for i, f in same if f.sentence_index == figure.sentence_index]
        before = [(i, f) for i, f in here if f.char_start < figure.char_start]
        earlier = [
            (i, f) for i, f in same if f.sentence_index < figure.sentence_index and f.in_title == figure.in_title and (f.count_min or 0) > 1
        ]
        if before:
            figure.part_of = before[-1][0]
        elif here:
            figure.part_of = here[0][0]
        elif figure.partitive:
            figure.part_of = _of_another_outcome(figures, index)
            # `the rebels … scores of them`: a share of people whose number nobody stated is no share of a figure
            figure.relation = "total" if figure.part_of is None else "part_of"
        elif earlier:
            figure.part_of = earlier[-1][0]


def _rest_of_parts(figures: list[Figure]) -> None:
    """`three were killed, including two clerks who were shot, and one was beaten to death`: what makes up the number is a part."""
    parts_of: dict[int, list[Figure]] = {}
    totals: dict[tuple[int, str], list[Figure]] = {}
    for figure in figures:
        if figure.part_of is not None:
            parts_of.setdefault(figure.part_of, []).append(figure)
        elif figure.relation == "total" and figure.rule != "zero":
            totals.setdefault((figure.sentence_index, figure.outcome), []).append(figure)
    for index, listed in parts_of.items():
        whole = figures[index]
        key = (whole.sentence_index, whole.outcome)
        parts = [f for f in listed if (f.sentence_index, f.outcome) == key]
        others = [f for f in totals.get(key, []) if f is not whole and f.part_of is None and parts and f.char_start > parts[0].char_start]
        exact = all(f.bound == "exact" for f in [whole, *parts, *others])
        if others and exact and sum(f.count_min or 0 for f in parts + others) == whole.count_min:
            for figure in others:
                figure.relation, figure.part_of = "part_of", index


def _of_another_outcome(figures: list[Figure], index: int) -> int | None:
    """`36 were abducted. Two of them have died`: a larger figure in the same or the last two sentences, whatever its outcome."""
    figure = figures[index]
    before = [
        i
        for i, f in enumerate(figures[:index])
        if f.relation == "total"
        and figure.sentence_index - f.sentence_index <= NEAR_SENTENCES
        and f.in_title == figure.in_title
        and (f.count_max is None or f.count_max > (figure.count_min or 0))
        and f.count_max != 0
    ]
    return before[-1] if before else None


def _tolls(figures: list[Figure], sentences: list[Sentence]) -> None:
    """`rose to 215 from 183`: the number behind `from` is superseded by the other, and the words say which way it went."""
    for index, figure in enumerate(figures):
        sentence = sentences[figure.sentence_index]
        if figure.rule != "toll":
            continue
        before = sentence.lowers[max(0, figure.outcome_tokens[1]) : figure.quantity_tokens[0]]
        if sentence.lowers[figure.quantity_tokens[0] - 1 : figure.quantity_tokens[0]] != ["from"]:
            # the number it came from neither rose nor fell
            figure.trend = "rose" if set(before) & cues("rose") else "fell" if set(before) & cues("fell") else None
        others = [
            i
            for i, f in enumerate(figures)
            if i != index and f.rule == "toll" and f.outcome_tokens == figure.outcome_tokens and f.sentence_index == figure.sentence_index
        ]
        first = figure.quantity_tokens[0]
        earlier = [i for i in others if sentence.lowers[figures[i].quantity_tokens[0] - 1] == "from"]
        if others and (sentence.lowers[first - 1 : first] == ["to"] or (earlier and sentence.lowers[first - 1] != "from")):
            # `was raised to 118 and later to 162`: of two the later one stands
            superseded = (earlier or others)[0]
            figure.supersedes = superseded if figures[superseded].supersedes is None else None
            raised_again = not earlier and figures[superseded].quantity_tokens > figure.quantity_tokens
            figure.supersedes = None if raised_again else figure.supersedes


def relations(document: Document) -> Document:
    """Fill relation, part_of, supersedes and trend of every figure."""
    _wholes(document)
    _rest_of_parts(document.figures)
    _tolls(document.figures, document.sentences)
    return document
