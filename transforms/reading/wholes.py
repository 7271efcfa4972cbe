"""Step: parts whose whole stands in another sentence.

An article gives its toll in the headline or lead and then tells of the dead one by one, or area by area: what is smaller than
the toll, of the same outcome and the same day, is a part of it. Runs after `dates`, since an earlier attack is no part.

Belongs here: part_of across sentences. Keep out: parts inside one sentence (`relations.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure
from transforms.reading.totals import LEAD_SENTENCES, SUMMARY_SENTENCES, is_own_death
from transforms.reading.vocabulary import cues

# A toll of so many, of which so large a share is told of in one sentence, is the toll of those.
_LARGE, _UNTOLD = 40, 0.95


def _low(figure: Figure) -> int:
    return figure.count_min if figure.count_min is not None else figure.count_max or 0


def _lead_toll(document: Document, outcome: str) -> int | None:
    """The index of the article's toll of one outcome: the largest total of headline and lead."""
    titles = sum(s.in_title for s in document.sentences)
    candidates = [
        i
        for i, f in enumerate(document.figures)
        if f.outcome == outcome and f.relation == "total" and f.scope == "incident" and f.rule != "zero" and _low(f) > 1
        and (f.in_title or f.sentence_index - titles < LEAD_SENTENCES)
    ]  # fmt: skip
    return max(candidates, key=lambda i: (_low(document.figures[i]), not document.figures[i].in_title)) if candidates else None


def _same_day(part: Figure, whole: Figure) -> bool:
    if part.event_date_start is None or whole.event_date_start is None or part.event_date_end is None or whole.event_date_end is None:
        return True
    return part.event_date_start <= whole.event_date_end and whole.event_date_start <= part.event_date_end


def _in_list_with_whole(document: Document, part: Figure, whole: Figure) -> bool:
    """`killed six of his grandchildren and his daughter`: in one list with the toll itself, a figure adds to it."""
    return any(
        f is not part
        and f.sentence_index == part.sentence_index
        and f.outcome_tokens == part.outcome_tokens
        and f.relation == "total"
        and f.outcome == part.outcome
        and _low(f) >= _low(whole)
        for f in document.figures
    )


def _is_part(part: Figure, whole: Figure) -> bool:
    if part.relation != "total" or part.outcome != whole.outcome or part.rule in ("zero", "toll") or part.scope != "incident":
        return False
    if part.bound == "vague" or (part.sentence_index == whole.sentence_index and part.in_title == whole.in_title):
        return False
    if not 0 < _low(part) < _low(whole) or not _same_day(part, whole):
        return False
    if part.victim_status == "civilian" and whole.victim_status == "combatant":
        return False
    return part.count_max == 1 or _is_narrower(part, whole)


def _is_news(document: Document, part: Figure, whole: Figure) -> bool:
    """`A mother and her child were killed … At least 19 were killed overnight`: a list that is told of before any toll is the news itself
    and no share of it. (One person alone before it is often the headline's choice among the dead.)"""
    same_toll = (
        f.sentence_index
        for f in document.figures
        if f.outcome == whole.outcome and (f.count_min, f.count_max) == (whole.count_min, whole.count_max)
    )
    listed = sum(f.sentence_index == part.sentence_index and f.outcome == part.outcome for f in document.figures)
    return listed > 1 and part.sentence_index < min(same_toll)


def _is_background(document: Document, part: Figure) -> bool:
    """`the men who killed the reporter James Sand`: an old deed by which somebody is known."""
    before = document.sentences[part.sentence_index].lowers[: part.outcome_tokens[0]]
    return part.rule == "active" and before[-1:] == ["who"]


def _adds(document: Document, part: Figure) -> bool:
    """`elsewhere`, `also`, `another`, `a second attack`: the sentence tells of others."""
    lowers = document.sentences[part.sentence_index].lowers
    first, last = min(part.victim_tokens[0], part.outcome_tokens[0]), max(part.victim_tokens[1], part.outcome_tokens[1])
    return bool(cues("additive") & set(lowers[max(0, first - 2) : last + 1]) or cues("elsewhere") & set(lowers))


def _is_narrower(part: Figure, whole: Figure) -> bool:
    """Whether the part counts a kind of people that the whole does not single out: children, soldiers."""
    if part.demographic is not None and part.demographic != whole.demographic:
        return True
    return part.victim_status in ("civilian", "combatant") and whole.victim_status in ("unknown", "mixed")


def _sums(document: Document, index: int) -> list[Figure]:
    """Figures that add up to the whole: `120 extremists and 60 mercenaries` of 180, or the tolls of several places told in turn."""
    whole, by_sentence = document.figures[index], dict[int, list[Figure]]()
    for figure in document.figures:
        if figure is not whole and figure.relation == "total" and figure.outcome == whole.outcome and 0 < _low(figure) < _low(whole):
            by_sentence.setdefault(figure.sentence_index, []).append(figure)
    in_one = [f for group in by_sentence.values() if len(group) > 1 and _makes(sum(map(_low, group)), whole) for f in group]
    tolls = {sum(map(_low, group)) for group in by_sentence.values()}
    in_turn = len(tolls) > 1 and sum(tolls) == _low(whole)
    return [f for group in by_sentence.values() for f in group] if in_turn else in_one


def _makes(total: int, whole: Figure) -> bool:
    """Whether a sum is the whole's number; of `more than 500`, up to a tenth above it, of a large one a little below: some are not told."""
    if whole.bound not in ("at_least", "more_than"):
        return total == _low(whole)
    least = _low(whole) * (_UNTOLD if _low(whole) >= _LARGE else 1)
    return least <= total <= _low(whole) * 1.1


def _restated_parts(figures: list[Figure]) -> None:
    """`Strike kills seven commanders` of a headline, where the body has `49 fighters, including seven commanders`: the same share."""
    for figure in figures:
        if figure.relation != "total" or figure.rule == "zero" or figure.count_max is None or figure.count_max < 2:
            continue
        noun = (figure.victim_text or "").split()[-1:]
        for other in figures:
            same = other.outcome == figure.outcome and (other.count_min, other.count_max) == (figure.count_min, figure.count_max)
            if same and other.part_of is not None and noun and noun == (other.victim_text or "").split()[-1:]:
                whole = figures[other.part_of]
                if _low(figure) < _low(whole) and whole.outcome == figure.outcome and _same_day(figure, whole):
                    figure.relation, figure.part_of = "part_of", other.part_of
                    break


def _pairs(figures: list[Figure]) -> None:
    """`13 killed and 43 wounded … nine were killed and 28 wounded at the mosque`: who stands beside a part is a part of what stands
    beside its whole."""
    for figure in figures:
        if figure.relation != "total" or figure.rule in ("zero", "toll") or figure.scope != "incident":
            continue
        here = [f for f in figures if f.sentence_index == figure.sentence_index and f.outcome != figure.outcome]
        beside = next((f for f in here if f.part_of is not None), None)
        if beside is None or beside.part_of is None or figures[beside.part_of].sentence_index == figure.sentence_index:
            continue
        toll = figures[beside.part_of]
        whole = next(
            (
                i
                for i, f in enumerate(figures)
                if f.sentence_index == toll.sentence_index and f.outcome == figure.outcome and f.relation == "total"
            ),
            None,
        )
        if whole is not None and 0 < _low(figure) < _low(figures[whole]) and _same_day(figure, figures[whole]):
            figure.relation, figure.part_of = "part_of", whole


def wholes(document: Document) -> Document:
    """Fill relation and part_of of figures that are smaller than the article's toll."""
    _restated_parts(document.figures)
    if len(document.sentences) <= SUMMARY_SENTENCES:
        # a summary tells of several places in as many sentences: its figures add up
        return document
    for outcome in {f.outcome for f in document.figures}:
        index = _lead_toll(document, outcome)
        if index is None:
            continue
        whole, summed = document.figures[index], _sums(document, index)
        for part in document.figures:
            apart = not _is_news(document, part, whole) and not _is_background(document, part)
            apart = apart and not (whole.rule == "active" and is_own_death(document, part))
            # `Three other persons were injured` are others than who was told of before
            apart = apart and not (part.char_start < whole.char_start and not part.in_title and _adds(document, whole))
            apart = apart and not _adds(document, part) and _is_part(part, whole) and not _in_list_with_whole(document, part, whole)
            if part is not whole and (apart or any(part is f for f in summed)):
                part.relation, part.part_of = "part_of", index
    _pairs(document.figures)
    return document
