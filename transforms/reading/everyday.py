"""Step: leave out the deaths and injuries of everyday life: natural deaths of single people, and injuries in sport.

A casualty figure speaks of violence, accidents, disasters, hunger or epidemics. `The singer died last year` and `the striker
has an ankle injury` are neither: of the dead only single people are left out, a number of dead never is. Arrests are left out
where the article knows of no conflict (annotation rulings: detentions count by a party to a conflict).

Belongs here: that decision. Keep out: the kind of cause (`victims.py`).
"""

from __future__ import annotations

import re

from transforms.reading.document import Document, Dropped, Figure
from transforms.reading.totals import LEAD_SENTENCES, SUMMARY_SENTENCES
from transforms.reading.victims import cause_in
from transforms.reading.vocabulary import cues

_WORD = re.compile(r"[a-z][a-z-]*")
LEAD_CHARACTERS = 500
SPORT_WORDS = 3  # distinct words of sports reports that make an article one
_NATURAL = frozenset(
    {"died", "dies", "death", "dying", "passed away", "demise", "succumbed", "has died", "had died", "have died", "was found dead"}
)


def _words(document: Document) -> frozenset[str]:
    """The words of an article, in lower case."""
    return frozenset(_WORD.findall(f"{document.article.title or ''} {document.article.text}".lower()))


def _tells_of_victims(document: Document) -> bool:
    """Whether headline or lead state victims: then later deaths are theirs, whatever the sentence says of the cause."""
    titles = sum(s.in_title for s in document.sentences)
    lead = [f for f in document.figures if f.in_title or f.sentence_index - titles < LEAD_SENTENCES]
    opening = f"{document.article.title or ''} {document.article.text[:LEAD_CHARACTERS]}"
    told = any(f.outcome in ("killed", "injured", "casualties") and f.rule != "zero" and not _is_natural(f) for f in lead)
    return told or cause_in(opening) is not None


def _is_natural(figure: Figure) -> bool:
    verb = (figure.verb_text or "").lower()
    return figure.outcome == "killed" and figure.count_max == 1 and verb in _NATURAL


def _reason(figure: Figure, words: frozenset[str], told: bool) -> str | None:
    if len(words & cues("sport")) >= SPORT_WORDS and figure.outcome in ("injured", "missing", "detained"):
        return "an injury in sport"
    if figure.outcome == "detained" and not words & cues("conflict"):
        return "an arrest outside of any conflict"
    if figure.count_max != 1:
        return None
    own = set(_WORD.findall(figure.sentence.lower()))
    if figure.outcome == "killed" and own & cues("natural_cause"):
        return "a natural death"
    if _is_natural(figure) and (figure.cause_kind in ("unknown", None) or (not told and cause_in(figure.sentence) is None)):
        return "a natural death: no cause is told"
    if figure.outcome == "detained" and figure.cause_kind in ("unknown", None):
        return "an arrest outside of any conflict"
    return None


def everyday(document: Document) -> Document:
    """Remove everyday deaths and injuries from `document.figures`; each is noted as dropped."""
    if not document.figures or len(document.sentences) <= SUMMARY_SENTENCES:
        # a summary is written of an incident: what it tells is no everyday death
        return document
    words, told = _words(document), _tells_of_victims(document)
    reasons = [_reason(figure, words, told) for figure in document.figures]
    kept = [i for i, reason in enumerate(reasons) if reason is None]
    new_index = {old: new for new, old in enumerate(kept)}
    for figure, reason in zip(document.figures, reasons, strict=True):
        if reason is not None:
            document.dropped.append(Dropped(figure.in_title, figure.char_start, figure.char_end, reason))
        figure.part_of = new_index.get(figure.part_of) if figure.part_of is not None else None
        figure.supersedes = new_index.get(figure.supersedes) if figure.supersedes is not None else None
    document.figures = [document.figures[i] for i in kept]
    return document
