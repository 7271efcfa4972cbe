"""Step: leave out the deaths and injuries of everyday life: natural deaths of single people, injuries in sport, illness, arrests.

A casualty figure speaks of violence, accidents, disasters, hunger or epidemics. `The singer died last year` and `the striker
has an ankle injury` are neither: of the dead only single people are left out, a number of dead never is. Arrests are left out
where the article knows of no conflict (annotation rulings: detentions count by a party to a conflict).

Belongs here: that decision. Keep out: the kind of cause (`victims.py`), outcome words in another sense (`figurative.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.leaving_out import leave_out
from transforms.reading.topics import harm_in, has, topics_of, words_in
from transforms.reading.totals import LEAD_SENTENCES, SUMMARY_SENTENCES
from transforms.reading.victims import cause_in
from transforms.reading.vocabulary import cues, function_words

LEAD_CHARACTERS = 500
SPORT_WORDS = 3  # distinct words of sports reports that make an article one
CONFLICT_WORDS = 3  # distinct words of conflict that make an article one on a conflict, where none stands near
MARKET_WORDS = 2  # distinct words of markets that make a short text without any of conflict one on business
COURT_WORDS = 3  # distinct words of police and courts: who is held may be a suspect
_LONGEST_FRAME = 6  # words
_OLD = 60  # years: who dies at home at that age dies of it


def _outcome(document: Document, figure: Figure) -> str:
    return " ".join(document.sentences[figure.sentence_index].lowers[slice(*figure.outcome_tokens)])


def _is_natural(document: Document, figure: Figure) -> bool:
    return (
        figure.outcome == "killed" and figure.count_max == 1 and _outcome(document, figure) in cues("natural_death") | cues("death_found")
    )


class _Everyday:
    """One article's figures against what the article is about."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.topics = topics_of(document)
        # a summary is written of an incident, unless its words are those of sport, films, markets or politics
        self.summary = len(document.sentences) <= SUMMARY_SENTENCES and not self.topics.clearly_peaceful
        self.told = self.tells_of_victims()
        self.departed = {name for figure in document.figures for name in self.name(figure) if self.is_obituary(figure)}

    def tells_of_victims(self) -> bool:
        """Whether headline or lead state victims: then later deaths are theirs, whatever the sentence says of the cause."""
        document = self.document
        titles = sum(s.in_title for s in document.sentences)
        lead = [f for f in document.figures if f.in_title or f.sentence_index - titles < LEAD_SENTENCES]
        opening = f"{document.article.title or ''} {document.article.text[:LEAD_CHARACTERS]}"
        told = any(f.outcome in ("killed", "injured", "casualties") and f.rule != "zero" and not _is_natural(document, f) for f in lead)
        return told or cause_in(opening) not in (None, "hunger_or_disease")

    def name(self, figure: Figure) -> list[str]:
        """The last name of a named person, in lower case."""
        sentence = self.document.sentences[figure.sentence_index]
        return [sentence.lowers[figure.victim_tokens[1] - 1]] if figure.named_person else []

    def is_obituary(self, figure: Figure) -> bool:
        """`has died aged 93`, `died peacefully at her home`, `died of a heart attack`: and no violence behind the verb."""
        if not _is_natural(self.document, figure):
            return False
        sentence: Sentence = self.document.sentences[figure.sentence_index]
        end = figure.outcome_tokens[1]
        while end < len(sentence.lowers) and "time" in function_words().get(sentence.lowers[end], ()):
            end += 1
        behind = sentence.lowers[end : end + _LONGEST_FRAME]
        frames = cues("obituary_frame")
        framed = any(" ".join(behind[:length]) in frames for length in range(1, _LONGEST_FRAME + 1))
        age = next((int(word) for word in behind if word.isdecimal() and len(word) < 4), None)
        others = {t.outcome for t in self.document.marks[figure.sentence_index].triggers if t.start != figure.outcome_tokens[0]}
        if not framed or others & {"injured", "killed"} or (age is not None and age < _OLD and self.told):
            return False
        return not harm_in(frozenset(sentence.lowers[end:]))

    def natural(self, figure: Figure) -> str | None:
        """Why the death of a single person is a natural one; None where it may be none."""
        own = words_in(figure.sentence)
        ill = figure.cause_kind == "hunger_or_disease"
        if own & cues("natural_cause") and not self.summary:
            return "a natural death"
        if not _is_natural(self.document, figure):
            return None
        if self.is_obituary(figure) or not self.departed.isdisjoint(self.name(figure)):
            return "a natural death"
        if ill and not self.topics.words & cues("epidemic") and not self.told:
            return "a natural death: of an illness"
        if self.topics.peaceful and not harm_in(own, firm=True) and not has("crime", own) and not self.summary:
            return "a natural death: no cause is told"
        if _outcome(self.document, figure) in cues("death_found"):
            return None
        no_cause = not self.told and (figure.cause_kind in ("unknown", None) or cause_in(figure.sentence) is None)
        return "a natural death: no cause is told" if no_cause and not self.summary else None

    def arrest(self, figure: Figure) -> str | None:
        """Why a detention is none by a party to a conflict; None where it may be one."""
        sentence = self.document.sentences[figure.sentence_index]
        phrase = self.document.phrase_of(figure)
        if phrase is not None and set(sentence.lowers[phrase.start : phrase.end]) & cues("accused"):
            return "an arrest of suspects"
        if figure.rule == "zero":
            return "nobody was arrested"
        conflict = cues("conflict")
        own = words_in(sentence.text)
        if (own & cues("offence") and not own & conflict) or (self.topics.words & cues("offence") and not self.topics.words & conflict):
            return "an arrest of suspects"
        if self.summary:
            market = self.topics.count("market") >= MARKET_WORDS and not self.topics.words & conflict
            return "an arrest outside of any conflict" if market else None
        near = conflict & (self.topics.opening | words_in(sentence.text))
        court = self.topics.count("crime") >= COURT_WORDS and not near
        single = figure.count_max == 1 and figure.cause_kind in ("unknown", None)
        few = len(self.topics.words & conflict) < (CONFLICT_WORDS if not near else 1)
        politics = self.topics.count("politics") > len(self.topics.words & conflict) and not words_in(sentence.text) & conflict
        everyday = self.topics.peaceful or politics or single or court or few
        return "an arrest outside of any conflict" if everyday else None

    def escaped(self, figure: Figure) -> bool:
        """`the attacker had disappeared`: who got away is not missing."""
        sentence, phrase = self.document.sentences[figure.sentence_index], self.document.phrase_of(figure)
        head = sentence.lowers[phrase.head] if phrase is not None and phrase.head is not None else ""
        return figure.count_max == 1 and (figure.victim_side == "attacking" or head in cues("accused"))

    def reason(self, figure: Figure) -> str | None:
        """Why the figure is none; None where it stands."""
        if figure.outcome == "detained":
            return self.arrest(figure)
        if figure.outcome == "missing" and self.escaped(figure):
            return "who got away is not missing"
        if figure.outcome == "killed" and figure.count_max == 1:
            return self.natural(figure)
        sport = self.topics.register == "sport" and self.topics.count("sport") >= SPORT_WORDS and not self.summary
        if sport and figure.outcome in ("injured", "missing"):
            return "an injury in sport"
        patients = _outcome(self.document, figure).startswith(("treated", "being treated")) or figure.count_max == 1
        ill = figure.outcome == "injured" and figure.cause_kind == "hunger_or_disease" and cause_in(figure.sentence) == figure.cause_kind
        return "an illness" if ill and patients and not self.topics.words & cues("epidemic") else None


def everyday(document: Document) -> Document:
    """Remove everyday deaths, injuries and arrests from `document.figures`; each is noted as dropped."""
    if not document.figures:
        return document
    step = _Everyday(document)
    return leave_out(document, [step.reason(figure) for figure in document.figures])
