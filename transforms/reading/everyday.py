"""Step: leave out the deaths and injuries of everyday life: natural deaths of single people, and injuries in sport.

A casualty figure speaks of violence, accidents, disasters, hunger or epidemics. `The singer died last year` and `the striker
has an ankle injury` are neither; only single people are left out, a number of dead never is.

Belongs here: that decision. Keep out: the kind of cause (`victims.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Dropped, Figure
from transforms.reading.totals import SUMMARY_SENTENCES
from transforms.reading.vocabulary import cues

SPORT_WORDS = 3  # distinct words of sports reports that make an article one
_NATURAL = frozenset(
    {"died", "dies", "death", "dying", "passed away", "demise", "succumbed", "has died", "had died", "have died", "was found dead"}
)


def _is_sport(document: Document) -> bool:
    words = set((document.article.text + " " + (document.article.title or "")).lower().split())
    return len(words & cues("sport")) >= SPORT_WORDS


def _reason(figure: Figure, sport: bool) -> str | None:
    if figure.count_max != 1:
        return None
    if sport and figure.outcome == "injured":
        return "an injury in sport"
    if figure.outcome == "killed" and figure.cause_kind in ("unknown", None) and (figure.verb_text or "").lower() in _NATURAL:
        return "a natural death: no cause is told"
    if figure.outcome == "detained" and figure.cause_kind in ("unknown", None):
        return "an arrest outside of any conflict"
    return None


def everyday(document: Document) -> Document:
    """Remove everyday deaths and injuries from `document.figures`; each is noted as dropped."""
    if not document.figures or len(document.sentences) <= SUMMARY_SENTENCES:
        # a summary is written of an incident: what it tells is no everyday death
        return document
    sport = _is_sport(document)
    reasons = [_reason(figure, sport) for figure in document.figures]
    kept = [i for i, reason in enumerate(reasons) if reason is None]
    new_index = {old: new for new, old in enumerate(kept)}
    for figure, reason in zip(document.figures, reasons, strict=True):
        if reason is not None:
            document.dropped.append(Dropped(figure.in_title, figure.char_start, figure.char_end, reason))
        figure.part_of = new_index.get(figure.part_of) if figure.part_of is not None else None
        figure.supersedes = new_index.get(figure.supersedes) if figure.supersedes is not None else None
    document.figures = [document.figures[i] for i in kept]
    return document
