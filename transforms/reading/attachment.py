"""Step: attach people to outcome words: one figure for each noun phrase with a number that an outcome happened to.

Each form of outcome words (lexicon `outcomes`, column `form`) takes its people in its own way; each way is one rule
here, and its name stands in the figure's `rule`.

Belongs here: the rules of attachment. Keep out: the walks (`arguments.py`), what numbers mean (`bounds.py`).
"""

from __future__ import annotations

from dataclasses import replace

from transforms.places.words import words as place_words
from transforms.reading.arguments import Clause
from transforms.reading.attachment_rules import RULES, first_auxiliary, joins_more, more_at
from transforms.reading.clause import HARD, JOINERS
from transforms.reading.document import Document, Dropped, Figure, Sentence
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.vocabulary import cues, is_people_like
from transforms.reading.zero import all_safe, zero_phrase
from transforms.sources.phrases import group_table

# No article states more: it bounds the work of the steps that compare figures with each other.
MAX_FIGURES = 1000
# Singular victims without a number count one; detentions only by number or name, since the arrest of a suspect is no casualty.
_JOINED = 16  # tokens from the object to `along with`
_NUMBER_ONLY = frozenset({"detained", "displaced"})


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


def _is_people(lower: str) -> bool:
    """`the killing of Armenians`, `murdered Dutch film-makers`: the name of a people is no one's own."""
    return lower in place_words().nationalities or (
        lower.endswith("s") and (is_people_like(lower) or lower[:-1] in place_words().nationalities)
    )


def _is_group(clause: Clause, phrase: Phrase) -> bool:
    """`The Northern Front said those inside were killed`: the name of an armed group is no one person's."""
    named = group_table().at(clause.words, phrase.start, all_caps=False)
    return named is not None and named.end >= phrase.end


def _counts_one(clause: Clause, phrase: Phrase, trigger: Trigger) -> bool:
    verb = clause.lowers[trigger.start]
    if phrase.plural or phrase.kind == "thing" or verb == "die" or "any" in clause.lowers[phrase.own_start : phrase.end]:
        # the last: `no evidence that any prisoner was tortured`
        return False
    if phrase.det == "bare" and not phrase.named and phrase.head is not None and clause.lowers[phrase.head] in cues("counts_nobody"):
        # `killed, Police said`
        return False
    if phrase.det == "name" and _is_group(clause, phrase):
        return False
    if phrase.det == "name" and phrase.end - phrase.start == 1 and _is_people(clause.lowers[phrase.start]):
        return False
    if (
        phrase.det == "bare"
        and phrase.head is not None
        and not phrase.named
        and phrase.people is not None
        and phrase.people.role in ("fighter", "soldier")
    ):
        return phrase.start < 3
    if trigger.outcome in _NUMBER_ONLY:
        # `captured Raqqa`: only of a person's name in the passive
        return phrase.named and trigger.voice == "passive"
    return True


def make_figure(sentence: Sentence, clause: Clause, phrase: Phrase, trigger: Trigger, rule: str) -> Figure | None:
    """Return the figure of one phrase and one outcome, without its bounds; None when the phrase has no number."""
    if phrase.quantity is None and phrase.det != "no" and not _counts_one(clause, phrase, trigger):
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
    other_outcome = phrase.inner_whole is not None and phrase.inner_outcome != trigger.outcome  # `two of the five wounded died`
    figure.partitive = phrase.det == "partitive" or other_outcome
    same_people = phrase.partitive and phrase.inner_outcome == trigger.outcome and phrase.det == "quantity"
    if same_people or figure.partitive or phrase.of_number is not None:
        # `six of the dead were beheaded`; `two of them have died since`
        figure.relation = "part_of"
    return figure


def exceeds(part: Phrase, whole: Phrase) -> bool:
    """`four officers, including their chief, and seven assailants`: a number above that of the whole is no part of it."""
    if part.quantity is None or whole.quantity is None or whole.quantity.high is None or whole.quantity.modifier == "at_least":
        return part.quantity is not None and whole.quantity is not None and part.quantity.low > whole.quantity.low
    return part.quantity.low > whole.quantity.high


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
        if trigger.outcome == "unhurt":
            # survivors are no casualties, and `nobody survived` gives no number; that all are safe says that nobody was hurt
            safe = all_safe(self.clause, trigger)
            if safe is not None:
                survived = self.clause.lowers[trigger.end - 1].startswith("surviv")
                self.add(safe, replace(trigger, outcome="killed" if survived else "injured"), "zero")
            return
        zero = zero_phrase(self.clause, trigger) if not trigger.hypothetical else None
        if zero is not None:
            self.add(zero, trigger, "zero")
            return
        if trigger.hypothetical:
            self.drop(trigger, "no fact: planned, possible or conditional")
            return
        arguments, rule = RULES[trigger.form](self.clause, trigger)
        if trigger.negated and not any(p.det == "no" for p in arguments.whole):
            self.drop(trigger, "negated")
            return
        self.named_again(arguments.whole, trigger)
        for phrase in arguments.whole:
            if rule == "active":
                self.clause.object_of[phrase.start] = trigger
            self.add(phrase, trigger, rule)
        whole = self.add(arguments.whole[0], trigger, rule) if arguments.whole else None
        arguments.parts += self.behind_colon(arguments.whole, trigger) or self.shared_out(arguments.whole, trigger)
        behind = arguments.whole[-1].end if rule == "active" and arguments.whole else trigger.end
        behind += self.clause.lower(behind) == ","
        behind = self.joined_at(behind) if arguments.whole and rule in ("active", "passive") else behind
        if joins_more(self.clause, behind):
            # `was killed along with his son`
            for phrase in self.clause.objects(more_at(self.clause, behind), trigger).whole:
                if self.clause.claimed(phrase) is None:
                    self.add(phrase, trigger, rule)
        if rule == "active" and self.clause.lowers[behind : behind + 3] == ["in", "addition", "to"]:
            # `killed four people in addition to herself`
            itself = self.clause.lower(behind + 3) in cues("reflexive")
            self.add(self.clause.reflexive(behind + 3), trigger, rule) if itself else None
        for phrase in arguments.parts:
            apart = arguments.whole and exceeds(phrase, arguments.whole[0])
            part = self.add(phrase, trigger, rule if apart else f"{rule}_part")
            if part is not None and part is not whole and not apart:
                part.relation = "part_of"

    def joined_at(self, behind: int) -> int:
        """`killed the chief of a tribe, the Orlen tribe, along with his son`: where what joins more stands, in the same clause."""
        for i in range(behind, min(behind + _JOINED, len(self.clause.words))):
            if joins_more(self.clause, i):
                return i
            ends = i in self.clause.group_start or self.clause.classes(i) & {"verb", "rel", "sub"}
            if ends or self.clause.lowers[i] in HARD or self.clause.lowers[i] == "and":
                break
        return behind

    def named_again(self, whole: list[Phrase], trigger: Trigger) -> None:
        """`the hostages were killed`, `they were shot dead`, `their bodies were found`: no number, but people counted before."""
        begin = first_auxiliary(self.clause, trigger) or trigger.group_start
        before = self.clause.lower(trigger.start - 1 if trigger.form == "bodies" else begin - 1)
        group = self.clause.trigger_end.get(begin)
        group_again = group is not None and group.form == "group" and before in cues("anaphoric")
        active_again = (
            trigger.voice in ("bare", "perfect", "active") and trigger.form != "base" and self.clause.lower(trigger.end) == "them"
        )
        if not whole and (before in cues("they") or group_again or active_again):
            self.marks.again.append((trigger.outcome, None, trigger.start))
        for phrase in whole:
            if phrase.quantity is None and phrase.plural and phrase.det == "the" and phrase.head is not None and len(whole) == 1:
                self.marks.again.append((trigger.outcome, self.clause.lowers[phrase.head], trigger.start))

    def behind_colon(self, whole: list[Phrase], trigger: Trigger) -> list[Phrase]:
        """`64 people were killed: 60 civilians and four soldiers`: a list that says who the number are."""
        if self.clause.lower(trigger.end) != ":" or len(whole) != 1 or whole[0].quantity is None or whole[0].quantity.high in (None, 1):
            return []
        return [
            p for p in self.clause.objects(trigger.end + 1, trigger).whole if not exceeds(p, whole[0]) and self.clause.claimed(p) is None
        ]

    def shared_out(self, whole: list[Phrase], trigger: Trigger) -> list[Phrase]:
        """`Thirteen died, three at the scene and ten in hospital`: numbers behind the verb that add up to the one before it."""
        number = whole[0].quantity if len(whole) == 1 and whole[0].end <= trigger.start else None
        if number is None or number.high in (None, 1):
            return []
        found: list[Phrase] = []
        for phrase in self.marks.phrases:
            if phrase.start < trigger.end or phrase.quantity is None or phrase.kind not in ("people", "elided"):
                continue
            between = self.clause.trigger_start.keys() & set(range(trigger.end, phrase.end))
            if between or self.clause.lower(phrase.start - 1) not in JOINERS | {"(", ":"} or self.clause.claimed(phrase) is not None:
                break
            found.append(phrase)
        counts = [p.quantity.high for p in found if p.quantity is not None]
        return found if len(found) > 1 and None not in counts and sum(c or 0 for c in counts) == number.high else []

    def fatally(self) -> None:
        """`five were shot, two fatally`; `stabbed four people, one to death`: so many of those hurt before died."""
        for phrase in self.marks.phrases:
            i = phrase.end
            how = self.clause.lower(i) in cues("fatally") or " ".join(self.clause.lowers[i : i + 2]) in cues("fatally")
            counted = phrase.kind == "elided" and (phrase.quantity is not None or phrase.det == "a")
            if not how or not counted or i in self.clause.group_start or self.clause.lower(phrase.start - 1) not in JOINERS | {"("}:
                continue
            hurt = [t for t in self.marks.triggers if t.end <= phrase.start and t.outcome == "injured" and not t.hypothetical]
            whole = [f for f in self.found.values() if hurt and f.outcome_tokens[0] == hurt[-1].start]
            part = self.add(phrase, replace(hurt[-1], outcome="killed"), f"{whole[-1].rule}_part") if whole else None
            if part is not None:
                part.relation, part.partitive = "part_of", True

    def inner(self, phrase: Phrase) -> None:
        """`several wounded children lay …`: the outcome stands inside the noun phrase."""
        if phrase.inner_outcome is None or phrase.inner_token is None or phrase.quantity is None:
            return
        trigger = next(t for t in self.marks.triggers if t.start == phrase.inner_token)
        part = self.add(phrase, trigger, "prenominal")
        whole = phrase.inner_whole
        if whole is not None and part is not None:
            # `nine of the 20 injured`: two figures
            self.add(
                Phrase(whole.start, trigger.end, "quantity", "elided", quantity=whole, plural=True, own_start=whole.start),
                trigger,
                "prenominal",
            )

    def loose_parts(self) -> None:
        """`17 people were killed, two of them medics`; `were killed, including 34 women`: parts behind the verb."""
        self.included()
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

    def included(self) -> None:
        """`Three people were hurt, including one who was shot`: a part, though it has a verb of its own."""
        figures = list(self.found.values())
        for figure in figures:
            phrase = self.clause.starting.get(figure.victim_tokens[0])
            wholes = [
                f
                for f in figures
                if f.outcome == figure.outcome and f.relation == "total" and f.victim_tokens[1] <= figure.victim_tokens[0]
            ]
            whole = self.clause.starting.get(wholes[-1].victim_tokens[0]) if wholes else None
            if phrase is None or whole is None or phrase.quantity is None or figure.relation != "total" or exceeds(phrase, whole):
                continue
            if figure.outcome_tokens[0] >= phrase.end and self.clause.listed_part(phrase):
                figure.relation, figure.rule = "part_of", f"{figure.rule}_part"

    def drop_pronouns(self) -> None:
        """`a woman was hospitalized after she was grazed`: the pronoun says again who the sentence has counted.

        A death is news: of the one person hurt before (`a man was shot and taken to hospital, where he died`: the man was killed), and
        of somebody who was only taken (`kidnapped a clerk and shot him dead`). One person is not the five hurt before (`wounding
        five people before guards shot him dead`), nor one of the two killed before.
        """
        firm = [f for f in self.found.values() if not self.is_pronoun(f) and f.rule != "zero"]
        for key, figure in list(self.found.items()):
            before = [f for f in firm if f.quantity_tokens[0] < figure.quantity_tokens[0]]
            if not before or not self.is_pronoun(figure):
                continue
            hurt = [f for f in before if f.outcome == "injured" and self.is_one(f)]
            died = figure.outcome == "killed" and not any(f.outcome == "killed" and self.is_one(f) for f in before)
            if died and hurt:
                self.now_dead(hurt[-1], figure)
            if hurt or not died:
                del self.found[key]

    def now_dead(self, hurt: Figure, died: Figure) -> None:
        """The person hurt is the one of whom the sentence goes on to say that he died."""
        hurt.outcome, hurt.rule, hurt.verb_text, hurt.outcome_tokens = died.outcome, died.rule, died.verb_text, died.outcome_tokens

    def is_one(self, figure: Figure) -> bool:
        """Whether a figure counts one person."""
        phrase = self.clause.starting.get(figure.victim_tokens[0])
        return phrase is not None and not phrase.plural

    def is_pronoun(self, figure: Figure) -> bool:
        first = figure.quantity_tokens[0]
        own_body = figure.rule == "bodies" and self.clause.lower(first) in ("his", "her")
        return own_body or bool(self.clause.classes(first) & {"pronoun_one", "pronoun_object"})

    def run(self) -> list[Figure]:
        inner = {p.inner_token for p in self.marks.phrases if p.inner_token is not None}
        for phrase in self.marks.phrases:
            self.inner(phrase)
        for trigger in self.marks.triggers:
            if trigger.start not in inner:
                self.one(trigger)
        self.fatally()
        self.loose_parts()
        self.drop_pronouns()
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
        sentence = document.sentences[index]
        if len(document.figures) >= MAX_FIGURES:
            document.dropped.append(
                Dropped(sentence.in_title, sentence.start, sentence.end, f"the article states {MAX_FIGURES} figures already")
            )
            break
        document.figures.extend(_Attacher(sentence, document).run())
    return document
