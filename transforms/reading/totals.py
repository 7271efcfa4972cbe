"""The total of one outcome over an article: which figures are disjoint, which only say again what was said.

Belongs here: restatements, anaphora, disjoint sums, overall tolls. Keep out: which figures may count at all
(`main_incident.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.reading.document import Document, Figure
from transforms.reading.vocabulary import cues, to_hospital_verbs

# A text of at most this many sentences is a summary: its sentences add up. A longer one is an article: it says things again.
SUMMARY_SENTENCES = 7
LEAD_SENTENCES = 4
# A sentence of so few words that counts the dead (`At least 3 fatalities.`) is a note's own last word.
VERDICT_WORDS = 4


@dataclass(frozen=True, slots=True)
class Total:
    """A total in persons (null = open on that side) and the figures it rests on."""

    count_min: int | None
    count_max: int | None
    figures: tuple[Figure, ...]


@dataclass(slots=True)
class _Said:
    """One figure as it counts: lowest and highest number, head noun, whether it is definite or additive."""

    figure: Figure
    low: int
    high: int | None
    head: str | None
    definite: bool
    additive: bool
    named: bool


def _said(document: Document, figure: Figure) -> _Said:
    sentence = document.sentences[figure.sentence_index]
    phrase = document.phrase_of(figure)
    low = figure.count_min if figure.count_min is not None else figure.count_max or 0
    head = sentence.lowers[phrase.head] if phrase is not None and phrase.head is not None else None
    first = figure.victim_tokens[0]
    words = set(sentence.lowers[max(0, first - 1) : figure.victim_tokens[1]])
    near = set(sentence.lowers[max(0, first - 1) : figure.quantity_tokens[1] + 1])
    own = bool(words & cues("reflexive"))  # `before killing himself`: whoever else was named, this is the attacker
    definite = not own and (bool(near & cues("definite")) or (phrase is not None and phrase.det in ("the", "pronoun", "partitive")))
    also = "also" in sentence.lowers[figure.victim_tokens[1] : figure.outcome_tokens[0]]
    return _Said(figure, low, figure.count_max, head, definite and not also, also or bool(words & cues("additive")), figure.named_person)


def _singular(head: str | None) -> str | None:
    return None if head is None else head.removesuffix("s").replace("men", "man")


def _restates(said: _Said, kept: list[_Said], summary: bool) -> bool:
    """Whether a figure in a later sentence says again what the kept figures said."""
    total = sum(k.low for k in kept)
    if said.additive and not said.definite:
        return False
    attacking = said.figure.victim_side == "attacking"
    if attacking and not any(k.figure.victim_side == "attacking" for k in kept):
        return not summary and not said.definite
    if (
        said.definite
        and summary
        and said.figure.bound == "exact"
        and said.low > 1
        and all(k.low != said.low for k in kept)
        and len(kept) == 1
    ):
        return False
    if said.definite and said.low <= total:
        return True
    if said.named and total >= 1:
        surname = said.figure.quantity_text.split()[-1]
        known = any(surname in k.figure.quantity_text.split() for k in kept if k.named)
        return known or not summary or total > 1 or any(not k.named for k in kept)
    same_head = any(_singular(k.head) == _singular(said.head) and k.low == said.low for k in kept)
    if same_head:
        return True
    if summary:
        return said.low == total and said.low > 1 and (said.head is None or said.head in cues("anybody"))
    return said.low <= total


def _overall(said: _Said, kept: list[_Said]) -> bool:
    """Whether a figure is the sum of what came before: an overall toll stated last."""
    total = sum(k.low for k in kept)
    # `1 fatality.`: a bare count of the dead at the end of a summary is its overall statement
    bare = said.figure.rule == "counted_noun" and said.head is None
    if bare and (said.low >= max(k.low for k in kept) or len(said.figure.sentence.split()) <= VERDICT_WORDS):
        return True
    # `A total of eighteen were killed in the two operations`
    if said.figure.quantity_text.lower().startswith("a total of") and said.low > total:
        return True
    return len(kept) > 1 and said.low == total and not said.additive


def _groups(said: list[_Said]) -> list[list[_Said]]:
    """Figures of one list (`him, a bodyguard and another relative`) go together."""
    groups: list[list[_Said]] = []
    for one in said:
        last = groups[-1][-1].figure if groups else None
        if last is not None and last.sentence_index == one.figure.sentence_index and last.outcome_tokens == one.figure.outcome_tokens:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _take(group: list[_Said], kept: list[_Said], summary: bool) -> list[_Said]:
    """Return what counts after one more group of figures."""
    if not kept:
        return group
    first, total, adds = group[0], sum(k.low for k in kept), sum(g.low for g in group)
    if len(group) == 1 and _overall(first, kept):
        return group
    if summary and len(group) > 1 and adds == total > 1:
        # the dead named one by one are those counted before
        return kept
    if summary:
        return kept + [one for one in group if not _restates(one, kept, summary)]
    if first.figure.sentence_index == kept[-1].figure.sentence_index and not first.definite:
        return kept + group
    if all(_restates(one, kept, summary) for one in group) and adds <= total:
        return kept
    # a larger number in the lead is the toll; further down it is history, or another place
    return group if adds > total and first.figure.sentence_index <= LEAD_SENTENCES else kept


def without_the_dead(injured: Total | None, killed: Total | None, figures: list[Figure], document: Document) -> Total | None:
    """`was shot … was pronounced dead`: who was shot and is among the dead is not counted as injured again.

    Only for verbs that leave open whether the person lived (`shot`, `stabbed`) and for those named again (`he`, `the boy`);
    `wounded` and `injured` stand.
    """
    dead = (killed.count_min if killed is not None else 0) or 0
    if injured is None or not dead:
        return injured
    said = [f for f in figures if f.outcome == "injured" and f.count_min]
    open_ended = [f for f in said if is_open(f) or _again(f, dead, document) or _is_named_dead(f, figures)]
    firm = [f for f in said if not any(f is o for o in open_ended)]
    if not open_ended:
        return injured
    if firm:
        return total_of([f for f in firm if not f.in_title] or firm, document)
    # `was taken to hospital, where he died` is one person; `one was killed, two were shot` are three
    shot = [f for f in open_ended if not f.verb_words & to_hospital_verbs()]
    beside = [f for f in shot if any(k.outcome == "killed" and k.sentence_index == f.sentence_index and k.count_min for k in figures)]
    if beside and (injured.count_min or 0) <= sum(f.count_min or 0 for f in beside):
        return injured
    rest = (injured.count_min or 0) - dead
    return Total(rest, rest, injured.figures) if rest > 0 else None


def _again(figure: Figure, dead: int, document: Document) -> bool:
    """`the boy`, `all three suffered gunshot wounds`: people named again, of whom no more are told of than died."""
    return figure.count_max is not None and figure.count_max <= dead and _said(document, figure).definite


def _is_named_dead(figure: Figure, figures: list[Figure]) -> bool:
    """`Ann Bell was injured …`, in a text that tells of Bell's death."""
    names = set(figure.quantity_text.split())
    return figure.named_person and any(f.named_person and names & set(f.quantity_text.split()) for f in figures if f.outcome == "killed")


def is_open(figure: Figure) -> bool:
    """Return whether the verb leaves open if the people lived: `shot 16 pilgrims`, `taken to hospital`."""
    return bool(figure.verb_words & (cues("open_verb") | to_hospital_verbs()))


def total_of(figures: list[Figure], document: Document) -> Total | None:
    """Return the total over the figures of one outcome; None when there is no figure."""
    if not figures:
        return None
    tolls = [f for f in figures if f.rule == "toll"]
    if tolls:
        return Total(tolls[-1].count_min, tolls[-1].count_max, (tolls[-1],))
    summary = len([s for s in document.sentences if not s.in_title]) <= SUMMARY_SENTENCES
    kept: list[_Said] = []
    for group in _groups([_said(document, f) for f in figures]):
        kept = _take(group, kept, summary)
    if any(k.figure.bound != "vague" for k in kept):
        # `three dead and an unknown number`: what is vague adds nothing that could be defended
        kept = [k for k in kept if k.figure.bound != "vague"]
    highs = [k.high for k in kept]
    high = None if None in highs else sum(h for h in highs if h is not None)
    return Total(sum(k.low for k in kept), high, tuple(k.figure for k in kept))
