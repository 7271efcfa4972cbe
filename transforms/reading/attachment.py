"""Step: attach people to outcome words: one figure for each noun phrase with a number that an outcome happened to.

Each form of outcome words (lexicon `outcomes`, column `form`) takes its people in its own way; each way is one rule
here, and its name stands in the figure's `rule`.

Belongs here: the rules of attachment. Keep out: the walks (`arguments.py`), what numbers mean (`bounds.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from transforms.reading.arguments import Arguments, Clause
from transforms.reading.document import Document, Dropped, Figure, Sentence
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.zero import zero_phrase

# Singular victims without a number count one; detentions only by number or name, since the arrest of a suspect is no casualty.
_NUMBER_ONLY = frozenset({"detained", "displaced"})
_TOLL_VERB_GAP = 14
_SUFFER = frozenset("suffered suffering suffers suffer sustained sustaining sustains received receiving receives".split())
# a wound or burn is counted of the wounded, not of people
_SUFFERED_THINGS = frozenset({"wounds", "wound", "gunshot", "burns", "injury"})
_TOLL_STOP = frozenset("; . while when after which who said says told confirmed adding reported".split())
_FIGHTERS = frozenset({"soldier", "fighter", "police", "guard"})
_RELATIVES = frozenset(
    "son daughter wife husband brother sister father mother child children sons daughters brothers sisters parents relatives uncle cousin cousins grandson nephew".split()
)


def _passive(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    arguments = clause.subjects(trigger)
    if arguments.whole:
        arguments.whole += _in_addition(clause, arguments.whole[-1])
    if not arguments.whole:
        # `Among the dead were three children`, `Killed were two soldiers`
        if clause.classes(trigger.end) & {"be"}:
            return clause.objects(trigger.end + 1, trigger), "inverted"
    return arguments, "passive"


def _in_addition(clause: Clause, first: Phrase) -> list[Phrase]:
    """`in addition to the assailant, 12 people were killed`: the assailant was killed, too."""
    comma = first.start - 1
    if clause.lower(comma) != ",":
        return []
    phrase = clause.ending.get(comma)
    if phrase is None or phrase.kind == "thing":
        return []
    start = phrase.start - 1 if clause.lower(phrase.start - 1) == "the" else phrase.start
    before = clause.lowers[max(0, start - 3) : start]
    return [phrase] if before[-3:] == ["in", "addition", "to"] or before[-2:] == ["in", "addition"] else []


def _bare_past(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`killed` without an auxiliary: active when an object follows that nobody else claims, else a reduced passive."""
    determined = clause.classes(trigger.start - 1) & {"the", "poss", "a"} and clause.lower(trigger.start - 1) not in (
        "that",
        "those",
        "this",
        "these",
    )
    if determined and trigger.group_start == trigger.start:
        return Arguments(), "prenominal"
    second = clause.trigger_start.get(trigger.end + 1)
    if clause.lower(trigger.end) in ("and", "or") and second is not None and second.form == "past" and second.voice == "bare":
        # `killed and beheaded two civilians`: one object of both
        shared = clause.objects(second.end, trigger)
        if shared.whole:
            return shared, "active"
    following = clause.starting.get(trigger.end)
    preceding = clause.ending.get(trigger.group_start)
    if following is not None and following.det == "name" and preceding is not None and preceding.quantity is not None:
        following = None
    if following is not None and clause.may_be_people(following, trigger) and clause.claimed_bare(following) is None:
        arguments = clause.objects(trigger.end, trigger)
        if arguments.whole:
            return arguments, "active"
    if clause.classes(trigger.end) & {"be"} and trigger.start == 0:
        return clause.objects(trigger.end + 1, trigger), "inverted"
    if clause.lower(trigger.start - 1) in ("who", "that", "which") and trigger.form == "past" and trigger.voice == "bare":
        return Arguments(), "active"
    return clause.subjects(trigger), "reduced_passive"


def _past(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    if trigger.voice == "passive":
        return _passive(clause, trigger)
    if trigger.voice == "perfect":
        arguments = clause.objects(trigger.end, trigger)
        if arguments.whole or trigger.form == "past":
            return arguments, "active"
    return _bare_past(clause, trigger)


def _active(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    if trigger.voice == "passive":
        return _passive(clause, trigger)
    return clause.objects(trigger.end, trigger), "active"


def _intransitive(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    return clause.subjects(trigger), "intransitive"


def _adjective(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    phrase = clause.ending.get(trigger.group_start)
    if phrase is not None or trigger.group_start < trigger.start:
        return clause.subjects(trigger), "adjective"
    return Arguments(), "adjective"


def _counted_noun(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    near = trigger.start
    while "adverb" in clause.classes(near - 1) and near not in clause.ending:
        near -= 1
    phrase = clause.ending.get(near)
    for back in range(1, 5):
        if clause.lower(trigger.start - back) in _SUFFER:
            found = clause.subjects(
                Trigger(
                    trigger.start - back, trigger.end, trigger.outcome, "intransitive", group_start=_before_be(clause, trigger.start - back)
                )
            )
            return found, "suffered"
    if clause.lower(trigger.end) == "of" and (phrase is None or phrase.quantity is None):
        return clause.objects(trigger.end + 1, trigger), "noun_of"
    if trigger.outcome != "casualties" and clause.lowers[trigger.start] in _SUFFERED_THINGS:
        return Arguments(), "counted_noun"
    if phrase is not None and phrase.kind != "thing" and (phrase.quantity is not None or phrase.det == "a"):
        return Arguments([phrase]), "counted_noun"
    if clause.lower(trigger.end) in ("of", "to", "among"):
        return clause.objects(trigger.end + 1, trigger), "noun_of"
    return Arguments(), "counted_noun"


def _event_noun(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    if clause.lower(trigger.end) == "of":
        return clause.objects(trigger.end + 1, trigger), "noun_of"
    phrase = clause.ending.get(trigger.start)
    if phrase is not None and phrase.quantity is not None:
        return Arguments([phrase]), "counted_noun"
    if clause.lower(trigger.start - 1) in ("'s", "’s"):
        owner = clause.ending.get(trigger.start - 1)
        if owner is not None and owner.kind == "people":
            return Arguments([owner]), "possessive"
    return Arguments(), "noun_of"


def _toll(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`death toll … rose to 215 from 183`: the numbers behind the noun, up to the next outcome word or clause."""
    found = Arguments()
    i, gap = trigger.end, 0
    while i < len(clause.words) and gap < _TOLL_VERB_GAP and len(found.whole) < 2:
        phrase = clause.starting.get(i)
        if phrase is not None:
            if phrase.quantity is not None and phrase.kind != "thing" and not (phrase.kind == "unknown" and phrase.plural is False):
                if not found.whole or clause.lower(phrase.start - 1) in ("from", "to"):
                    found.whole.append(phrase)
            i, gap = phrase.end, gap + 1
            continue
        if clause.lowers[i] in _TOLL_STOP or (i in clause.trigger_start and found.whole):
            break
        i, gap = i + 1, gap + 1
    return found, "toll"


def _bodies(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    counted = clause.ending.get(trigger.start)
    if counted is not None and counted.quantity is not None:
        return Arguments([counted]), "bodies"
    if clause.lower(trigger.end) == "of":
        arguments = clause.objects(trigger.end + 1, trigger)
        arguments.whole = [p for p in arguments.whole if p.quantity is not None or p.det == "a" or p.named]
        return arguments, "bodies"
    if clause.lower(trigger.start - 1) in ("'s", "’s"):
        owner = clause.ending.get(trigger.start - 1)
        if owner is not None and owner.kind == "people" and (owner.det == "a" or owner.named):
            return Arguments([owner]), "bodies"
    return Arguments(), "bodies"


def _group(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`Among the dead were …`, `the wounded included …`, `four children were among the dead`: parts of a group."""
    found = Arguments()
    following = clause.starting.get(trigger.end + 1 if clause.lower(trigger.end) == "," else trigger.end)
    if clause.lower(trigger.start - 1) == "of" and following is not None and following.quantity is not None:
        # `of those killed, six were children`
        found.parts = [following]
        return found, "group"
    if "include" in clause.classes(trigger.start - 1):
        listed = clause.subjects(
            Trigger(trigger.start - 1, trigger.end, trigger.outcome, "group", group_start=_before_be(clause, trigger.start - 1))
        )
        found.parts = listed.whole + listed.parts
    if not found.parts and clause.classes(trigger.end) & {"be", "include"}:
        listed = clause.objects(trigger.end + 1, trigger)
        found.parts = listed.whole + listed.parts
    return found, "group"


def _before_be(clause: Clause, i: int) -> int:
    while i > 0 and clause.classes(i - 1) & {"be", "adverb"}:
        i -= 1
    return i


def _lives(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    phrase = clause.ending.get(trigger.start)
    if phrase is not None and phrase.quantity is not None:
        near = clause.lowers[max(0, phrase.start - 4) : trigger.end + 4]
        if any(
            word in ("lost", "claimed", "claims", "claiming", "cost", "costing", "took", "taken", "claim", "loss", "taking")
            for word in near
        ):
            return Arguments([phrase]), "lives"
    return Arguments(), "lives"


def _loss(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`lost two soldiers`, `lost his son`: of fighters and relatives only; teams and firms lose people otherwise."""
    found = clause.objects(trigger.end, trigger)
    first = found.whole[0] if found.whole else None
    fits = (
        first is not None
        and first.head is not None
        and (
            (first.people is not None and first.people.role in _FIGHTERS and first.people.status == "combatant")
            or clause.lowers[first.head] in _RELATIVES
        )
    )
    return (found if fits else Arguments()), "loss"


_RULES: dict[str, Callable[[Clause, Trigger], tuple[Arguments, str]]] = {
    "past": _past,
    "participle": _past,
    "past_active": _active,
    "base": _active,
    "ing": _active,
    "intransitive": _intransitive,
    "adjective": _adjective,
    "noun": _counted_noun,
    "noun_of": _event_noun,
    "toll": _toll,
    "bodies": _bodies,
    "group": _group,
    "lives": _lives,
    "loss": _loss,
}


def quantity_span(clause: Clause, phrase: Phrase) -> tuple[int, int]:
    """Return the tokens that state the number: the number phrase, `a`/`no`, a name, or the noun of a singular."""
    if phrase.quantity is not None:
        return phrase.quantity.start, phrase.quantity.end
    if phrase.det in ("a", "no"):
        return phrase.own_start, phrase.own_start + 1
    if phrase.det == "name" or phrase.head is None:
        return phrase.start, phrase.end
    if phrase.named and phrase.head + 1 < phrase.end:
        return phrase.head + 1, phrase.end
    return phrase.head, phrase.head + 1


def _counts_one(phrase: Phrase, trigger: Trigger) -> bool:
    if phrase.plural or phrase.kind == "thing":
        return False
    if (
        phrase.det == "bare"
        and phrase.head is not None
        and not phrase.named
        and phrase.people is not None
        and phrase.people.role in ("fighter", "soldier")
    ):
        return phrase.start < 3
    return not (trigger.outcome in _NUMBER_ONLY and phrase.det not in ("name",) and not phrase.named)


def make_figure(sentence: Sentence, clause: Clause, phrase: Phrase, trigger: Trigger, rule: str) -> Figure | None:
    """Return the figure of one phrase and one outcome, without its bounds; None when the phrase has no number."""
    if phrase.quantity is None and phrase.det != "no" and not _counts_one(phrase, trigger):
        return None
    first, last = quantity_span(clause, phrase)
    start, end = sentence.starts[first], sentence.ends[last - 1]
    base = sentence.start
    figure = Figure(
        sentence_index=sentence.index,
        in_title=sentence.in_title,
        char_start=start,
        char_end=end,
        quantity_text=sentence.text[start - base : end - base],
        outcome=trigger.outcome,
        rule=rule,
        sentence=sentence.text,
        quantity_tokens=(first, last),
        victim_tokens=(phrase.start, phrase.end),
        outcome_tokens=(trigger.start, trigger.end),
        verb_text=sentence.text[sentence.starts[trigger.group_start] - base : sentence.ends[trigger.end - 1] - base],
    )
    figure.named_person = phrase.named and phrase.quantity is None
    if phrase.partitive and phrase.inner_outcome == trigger.outcome and phrase.det == "quantity":
        # `six of the dead were beheaded`
        figure.relation = "part_of"
    return figure


def clause_joins(clause: Clause, i: int) -> bool:
    """Whether `along with` or `together with` stands at token i."""
    return clause.lowers[i : i + 2] in (["along", "with"], ["together", "with"])


class _Attacher:
    """Collects the figures of one sentence."""

    def __init__(self, sentence: Sentence, document: Document) -> None:
        self.sentence, self.document = sentence, document
        self.marks = document.marks[sentence.index]
        self.clause = Clause(sentence, self.marks)
        self.found: dict[tuple[int, str], Figure] = {}
        self.phrase_of: dict[int, Phrase] = {}

    def add(self, phrase: Phrase, trigger: Trigger, rule: str) -> Figure | None:
        figure = make_figure(self.sentence, self.clause, phrase, trigger, rule)
        if figure is None:
            return None
        key = (figure.char_start, figure.outcome)
        return self.found.setdefault(key, figure)

    def drop(self, trigger: Trigger, why: str) -> None:
        s = self.sentence
        self.document.dropped.append(Dropped(s.in_title, s.starts[trigger.start], s.ends[trigger.end - 1], why))

    def one(self, trigger: Trigger) -> None:
        zero = zero_phrase(self.clause, trigger)
        if zero is not None:
            self.add(zero, trigger, "zero")
            return
        if trigger.outcome == "unhurt":
            return
        if trigger.hypothetical:
            self.drop(trigger, "no fact: planned, possible or conditional")
            return
        arguments, rule = _RULES[trigger.form](self.clause, trigger)
        if trigger.negated and not any(p.det == "no" for p in arguments.whole):
            self.drop(trigger, "negated")
            return
        for phrase in arguments.whole:
            if rule == "active":
                self.clause.object_of[phrase.start] = trigger
            self.add(phrase, trigger, rule)
        whole = self.add(arguments.whole[0], trigger, rule) if arguments.whole else None
        behind = arguments.whole[-1].end if rule == "active" and arguments.whole else trigger.end
        if clause_joins(self.clause, behind):
            # `was killed along with his son`
            for phrase in self.clause.objects(behind + 2, trigger).whole:
                self.add(phrase, trigger, rule)
        for phrase in arguments.parts:
            part = self.add(phrase, trigger, f"{rule}_part")
            if part is not None and part is not whole:
                part.relation = "part_of"

    def inner(self, phrase: Phrase) -> None:
        """`several wounded children lay …`: the outcome stands inside the noun phrase."""
        if phrase.inner_outcome is None or phrase.inner_token is None or phrase.quantity is None:
            return
        trigger = next(t for t in self.marks.triggers if t.start == phrase.inner_token)
        self.add(phrase, trigger, "prenominal")

    def loose_parts(self) -> None:
        """`17 people were killed, two of them medics`; `were killed, including 34 women`: parts behind the verb."""
        used = {f.victim_tokens for f in self.found.values()}
        for phrase in self.marks.phrases:
            if (phrase.start, phrase.end) in used or phrase.kind == "thing":
                continue
            if not (phrase.det == "partitive" or self.clause.tail_part(phrase) or self.clause.listed_part(phrase)):
                continue
            before = [f for f in self.found.values() if f.victim_tokens[1] <= phrase.start and f.rule != "zero" and f.relation == "total"]
            if not before:
                continue
            whole = max(
                before,
                key=lambda f: (
                    max(f.outcome_tokens[0] if f.outcome_tokens[0] < phrase.start else 0, f.victim_tokens[0]),
                    f.victim_tokens[0],
                ),
            )
            trigger = next(t for t in self.marks.triggers if t.start == whole.outcome_tokens[0] or t.end == whole.outcome_tokens[1])
            if self.clause.claimed(phrase) is not None and not self.clause.listed_part(phrase):
                continue
            part = self.add(phrase, trigger, f"{whole.rule}_part")
            if part is not None and part is not whole:
                part.relation = "part_of"

    def run(self) -> list[Figure]:
        inner = {p.inner_token for p in self.marks.phrases if p.inner_token is not None}
        for phrase in self.marks.phrases:
            self.inner(phrase)
        for trigger in self.marks.triggers:
            if trigger.start not in inner:
                self.one(trigger)
        self.loose_parts()
        return _strongest(sorted(self.found.values(), key=lambda f: (f.char_start, f.outcome)))


def _strongest(figures: list[Figure]) -> list[Figure]:
    """`was shot and killed`, `wounded and later died`: of one number phrase, killed stands and injured falls."""
    killed = {f.char_start for f in figures if f.outcome == "killed"}
    split = {f.char_start for f in figures if f.outcome in ("killed", "injured") and f.rule != "zero"}
    kept = [f for f in figures if not (f.outcome == "injured" and f.char_start in killed and f.rule != "zero")]
    return [f for f in kept if not (f.outcome == "casualties" and f.char_start in split)]


def attachment(document: Document) -> Document:
    """Fill `document.figures` with one figure for each number of people and outcome, in order of the text."""
    for index in sorted(document.marks):
        document.figures.extend(_Attacher(document.sentences[index], document).run())
    return document
