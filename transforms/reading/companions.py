"""Step: what a figure tells of its people because another figure of the article does.

`One of them`, `28 others`, `17 dead` in a headline: who they are stands with the figure they are a part of, go with or restate. Runs after
`wholes`, since a share of a toll that another sentence states is one of its people too, and after `places`, since a government's soldiers
are those of the country.

Belongs here: taking over status, group, role and side, and what a toll's parts say of it. Keep out: a figure's own words (`victims.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure
from transforms.reading.victim_groups import army_of, told_group, victim_cues
from transforms.reading.victims import neighbour
from transforms.reading.vocabulary import cues

# A toll states its people by its parts when those are so many of them.
_PARTS_SAY = 0.9
# So many people of one text are the same people when the number is.
_SURE_NUMBER = 10


def _low(figure: Figure) -> int:
    return figure.count_min if figure.count_min is not None else figure.count_max or 0


def _is_unspecific(figure: Figure) -> bool:
    """Whether the words for the people leave open who they are: none, `others`, `people`, a name."""
    words = set((figure.victim_text or "").lower().split())
    return figure.named_person or words <= cues("elided") | victim_cues("unspecific")


def _is_people(figure: Figure) -> bool:
    """Whether the words are `people`: they stay unknown unless the article plainly says otherwise (claims guidelines)."""
    return not {"people", "persons"}.isdisjoint((figure.victim_text or "").lower().split())


def _take(figure: Figure, other: Figure) -> None:
    """Take over what is not said of the figure's own people."""
    if figure.victim_status == "unknown" and other.victim_status in ("civilian", "combatant"):
        figure.victim_status, figure.status_basis = other.victim_status, "inferred"
        figure.victim_side = figure.victim_side if figure.victim_side != "unknown" else other.victim_side
        figure.role = figure.role or other.role
    if figure.victim_group is None and (figure.victim_status == other.victim_status or figure.victim_status == "combatant"):
        figure.victim_group = other.victim_group


def _of_wholes(figures: list[Figure]) -> None:
    """A part of a toll of fighters is fighters, a part of a toll of civilians civilians, whatever its own words leave open."""
    for figure in figures:
        if figure.part_of is not None and figure.rule != "zero":
            whole = figures[figure.part_of]
            if _is_unspecific(figure) or whole.victim_status == "combatant" or whole.victim_group is not None:
                _take(figure, whole)


def _of_parts(figures: list[Figure]) -> None:
    """A toll whose people are left open: mixed when its parts are civilians and fighters; theirs when they are nearly all of it."""
    for index, figure in enumerate(figures):
        if figure.relation != "total" or figure.victim_status != "unknown" or figure.rule == "zero":
            continue
        parts = [f for f in figures if f.part_of == index and f.outcome == figure.outcome]
        statuses = {f.victim_status for f in parts}
        if {"civilian", "combatant"} <= statuses:
            figure.victim_status, figure.status_basis = "mixed", "inferred"
        elif len(statuses) == 1 and not _is_people(figure) and sum(map(_low, parts)) >= _PARTS_SAY * _low(figure):
            groups = {f.victim_group for f in parts}
            _take(figure, parts[0])
            figure.victim_group = parts[0].victim_group if len(groups) == 1 else None


def _is_same_toll(one: Figure, other: Figure) -> bool:
    """Whether two figures plainly count the same: one outcome, one number of two or more, no other day."""
    exact = (one.count_min, one.count_max) == (other.count_min, other.count_max)
    if _is_people(one) and not (exact and (_low(one) >= _SURE_NUMBER or one.in_title or other.in_title)):
        return False
    if one is other or one.outcome != other.outcome or one.scope != other.scope or _low(one) < 2 or one.bound == "vague" != other.bound:
        return False
    if not exact and one.count_stated != other.count_stated:
        return False
    return None in (one.event_date_start, other.event_date_start) or one.event_date_start == other.event_date_start


def _of_restatements(figures: list[Figure]) -> None:
    """`17 dead` in a headline is `17 fighters` of the body."""
    for figure in figures:
        if figure.rule == "zero" or not _is_unspecific(figure) or figure.named_person:
            continue
        same = [f for f in figures if _is_same_toll(figure, f) and f.victim_status != "unknown"]
        if not same:
            continue
        if figure.victim_status == "unknown" and {f.victim_status for f in same} == {"mixed"}:
            figure.victim_status, figure.status_basis = "mixed", "inferred"
        elif len({f.victim_status for f in same}) == 1:
            _take(figure, max(same, key=lambda f: f.victim_group is not None))


def _of_neighbours(document: Document) -> None:
    """`12 fighters were killed and 40 wounded`: whose group the first names, the others are of, too."""
    for index, figure in enumerate(document.figures):
        if figure.victim_group is None and figure.rule != "zero" and _is_unspecific(figure) and not figure.named_person:
            other = neighbour(document, index)
            if other is not None and other.victim_status == "combatant":
                _take(figure, other)


def companions(document: Document) -> Document:
    """Fill what other figures tell of victim_status, status_basis, victim_group, victim_side and role."""
    figures = document.figures
    for figure in figures:
        figure.victim_group = army_of(figure.victim_group, figure.country)
        if figure.victim_group is None and figure.victim_status == "combatant":
            figure.victim_group = told_group(document, figure, document.phrase_of(figure))
    _of_wholes(figures)
    _of_neighbours(document)
    _of_parts(figures)
    _of_restatements(figures)
    _of_wholes(figures)
    return document
