"""One sentence with its marks, indexed by token, and the questions that the walks ask of it.

Belongs here: predicates over phrases and their surroundings (is it in a list, in a prepositional phrase, an apposition?).
Keep out: the walks themselves (`arguments.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.places.words import words as place_words
from transforms.reading.document import Sentence
from transforms.reading.marks import Marks, Phrase, Trigger
from transforms.reading.senses import figurative_senses
from transforms.reading.vocabulary import cues, function_words

_NONE = frozenset[str]()
JOINERS = frozenset({",", "and", "or", "&", "plus", "nor", "–", "—"})
# What stands between a number and the list that says who they are; some of it closes behind that list.
_EXPLAINING = frozenset({",", ":", "–", "—", "(", "-"})
_ENCLOSING = frozenset({"(", "–", "—", "-", ":"})
_OF_ONE = frozenset({"killed", "injured"})
HARD = frozenset({";", ":", "?", "!", "|", "."})
_AGENT = ("er", "or", "ist", "ian", "man", "ee", "ant", "ent", "woman", "eer", "ese", "i", "ier")


@dataclass(slots=True)
class Arguments:
    """What a walk found: the phrases themselves, and phrases that are parts of them."""

    whole: list[Phrase] = field(default_factory=list)
    parts: list[Phrase] = field(default_factory=list)


class ClauseIndex:
    """One sentence with its marks, indexed by token."""

    def __init__(self, sentence: Sentence, marks: Marks) -> None:
        self.words, self.lowers = sentence.words, sentence.lowers
        self.functions = function_words()
        self.ending: dict[int, Phrase] = {p.end: p for p in marks.phrases}
        self.starting: dict[int, Phrase] = {p.start: p for p in marks.phrases}
        self.trigger_end: dict[int, Trigger] = {t.end: t for t in marks.triggers}
        self.trigger_start: dict[int, Trigger] = {t.start: t for t in marks.triggers}
        self.group_start: dict[int, Trigger] = {}
        for trigger in marks.triggers:
            self.group_start.setdefault(trigger.group_start, trigger)
        self.letters = sum(w[:1].isupper() for w in self.words)
        self.object_of: dict[int, Trigger] = {}  # start of a phrase -> the active outcome word that has it as object

    def classes(self, i: int) -> frozenset[str]:
        return self.functions.get(self.lowers[i], _NONE) if 0 <= i < len(self.lowers) else _NONE

    def lower(self, i: int) -> str:
        return self.lowers[i] if 0 <= i < len(self.lowers) else ""

    def claimed(self, phrase: Phrase) -> Trigger | None:
        """The outcome word right behind a phrase that has it as its subject (`three others wounded`)."""
        i = phrase.end
        while "adverb" in self.classes(i) and i not in self.group_start:
            i += 1
        trigger = self.group_start.get(i)
        if trigger is None or trigger.form in ("noun_of", "ing", "base", "group", "toll"):
            return None
        if trigger.voice == "bare" and trigger.form == "past":
            following = self.starting.get(trigger.end)
            if following is not None and following.kind in ("people", "elided") and self.claimed_bare(following) is None:
                return None
        return trigger

    def claimed_bare(self, phrase: Phrase) -> Trigger | None:
        trigger = self.group_start.get(phrase.end)
        return trigger if trigger is not None and trigger.form in ("past", "participle", "adjective") else None

    def breaks_list(self, phrase: Phrase, found: Arguments, joined: bool) -> bool:
        """`in Miami, eight people`; `Detroit — A boy`: what stands before a bare comma or a dash is in no list with it."""
        between = self.lowers[phrase.end : found.whole[-1].start]
        if "–" in between or "—" in between:
            return True
        if joined or self.explains(phrase, found):
            return False
        return phrase.named or not self.is_headline()

    def explains(self, phrase: Phrase, found: Arguments) -> bool:
        """`two victims, a man and a woman, died`: the list behind the comma only says who the two are."""
        if not found.whole or self.lower(phrase.end) not in _EXPLAINING:
            return False
        last = found.whole[0]
        if self.lowers[max(0, last.start - 2) : last.start] == [",", "and"] and self.lower(last.end) != ",":
            # `three officers, two guards, and one porter were killed`: a list, for nothing closes what would explain the three
            return False
        if self.lower(last.end) != "," and any(_are_others(phrase, p) for p in found.whole):
            # `three soldiers, two rebels and one civilian died`: rebels are no soldiers, though the numbers add up
            return False
        return len(found.whole) > 1 and _make(found.whole, phrase)

    def one_person(self, phrase: Phrase, found: Arguments, trigger: Trigger) -> bool:
        """`a leader and former member, was killed`: the second noun has no determiner, and the verb is singular."""
        if len(found.whole) != 1 or found.whole[0].det != "bare" or found.whole[0].plural:
            return False
        single = phrase.det in ("a", "the") or (phrase.quantity is not None and phrase.quantity.high == 1)
        return single and not {"was", "is"}.isdisjoint(self.lowers[trigger.group_start : trigger.start])

    def has_offices(self, phrase: Phrase, found: Arguments) -> bool:
        """`Ann Bell, an official of A and the head of B, was killed`: one name, and its offices in commas before a singular verb."""
        if not found.whole or not phrase.named:
            return False
        last = found.whole[0].end
        while self.lower(last) == "of" or (self.lower(last - 1) == "of" and last < len(self.words) and self.words[last][:1].isupper()):
            last += 1  # `the son of Rob Bell of Leeds`
        enclosed = self.lower(phrase.end) == "," and self.lower(last) == "," and self.lower(last + 1) == "was"
        return enclosed and all(p.det in ("a", "the", "bare") and not p.plural and not p.named for p in found.whole)

    def in_prepositional_list(self, phrase: Phrase) -> bool:
        """`from Tunisia and Egypt`, `in two villages`: whether a preposition governs the phrase, perhaps over a list."""
        i = phrase.start - 1
        while i > 0 and self.lowers[i] in JOINERS and phrase.det in ("name", "bare"):
            before = self.ending.get(i) or self.ending.get(i - 1 if self.lowers[i - 1] == "," else -1)
            if before is None or before.quantity is not None or not (before.named or before.kind == "unknown"):
                break
            i = before.start - 1
        governed = self.preposition_before(i + 1) if phrase.quantity is None else i if i >= 0 and self.is_preposition(i) else None
        if governed is not None and "sub" in self.classes(governed) and self.past_adverbs(phrase.end) in self.group_start:
            # `after a man was killed`: no preposition but the start of a clause
            return False
        return governed is not None and self.lowers[governed] not in ("than", "since", "as")

    def past_adverbs(self, i: int) -> int:
        """The first token from i on that is no adverb (`a toddler accidentally shot …`)."""
        while i < len(self.words) and i not in self.group_start and ("adverb" in self.classes(i) or self.lowers[i].endswith("ly")):
            i += 1
        return i

    def is_preposition(self, i: int) -> bool:
        return "prep" in self.classes(i) or self.lowers[i] == "of"

    def preposition_before(self, start: int) -> int | None:
        """The preposition that governs a phrase, over unlisted words or a phrase right before it; None when there is none."""
        i = start - 1
        phrase = self.starting.get(start)
        # a phrase with its own determiner has nothing between it and its preposition
        for _ in range(4 if phrase is None or phrase.det in ("bare", "name") else 1):
            if i < 0:
                return None
            if self.is_preposition(i):
                return i
            neighbour = self.ending.get(i + 1)
            if neighbour is not None and neighbour.quantity is None and neighbour.kind in ("thing", "unknown"):
                i = neighbour.start - 1
                continue
            if self.classes(i) or not self.lowers[i].isalpha() or i + 1 in self.ending or self.lowers[i].endswith("ing"):
                return None
            i -= 1
        return None

    def opening(self, i: int) -> int:
        """The token of the parenthesis that opens what token i closes (i itself when none is near)."""
        return next((j for j in range(i - 1, max(-1, i - 15), -1) if self.lowers[j] == "("), i)

    def listed_part(self, phrase: Phrase) -> bool:
        """`including four children and a woman`: is this phrase in the list behind `including`?"""
        one = phrase.det == "a" and phrase.kind == "unknown"  # `including a key comander`
        if phrase.kind not in ("people", "elided") and phrase.quantity is None and not one:
            return False
        i, elements, closed = phrase.start - 1, 0, False
        while i >= 0 and self.lowers[i] in JOINERS:
            closed = closed or (elements == 0 and self.lowers[i - 1 : i + 1] == [",", "and"])
            while i >= 0 and self.lowers[i] in JOINERS:
                i -= 1
            # `including two Labour Union (LU) officials and a clerk`
            i = self.opening(i) - 1 if self.lower(i) == ")" else i
            before = self.ending.get(i + 1)
            if before is None:
                break
            i, elements = before.start - 1, elements + 1
        if closed and elements == 1:
            # `ten officers, including the chief, and 15 assailants`: the comma closes what is included
            return False
        return "include" in self.classes(i) or self.lowers[max(0, i - 1) : i + 1] == ["among", "them"]

    def apposition(self, first: Phrase, second: Phrase) -> bool:
        """`Khalil, a medic` and `the mayor, John Smith` are one person."""
        if any(p.quantity is not None and p.quantity.high != 1 for p in (first, second)):
            return False
        return first.named != second.named or (first.named and second.det in ("a", "the"))

    def relative_start(self, i: int) -> int | None:
        """The token before `who`/`which` of the relative clause that holds token i; None when there is none near."""
        for j in range(i - 1, max(-1, i - 12), -1):
            if self.lowers[j] in ("who", "which", "that", "whose") and (j in self.ending or self.lower(j - 1) == ","):
                return j - 1
            if self.lowers[j] in HARD or self.lowers[j] in ("said", "says"):
                return None
        return None

    def is_headline(self) -> bool:
        return len(self.words) < 22 and self.letters > 0.5 * len(self.words)

    def tail_part(self, phrase: Phrase) -> bool:
        """`wounded three officers, one seriously`; `ten others, four in critical condition`."""
        if phrase.quantity is None or phrase.kind != "elided" or self.lower(phrase.start - 1) not in (",", "and", "–", "—", "-", "("):
            return False
        return self.lower(phrase.end) in cues("critical") or (
            self.lower(phrase.end) == "in" and self.lower(phrase.end + 1) in cues("condition")
        )

    def may_be_people(self, phrase: Phrase, trigger: Trigger) -> bool:
        """Whether the phrase can be what an outcome happened to: people, an elided head, or an unlisted noun."""
        if phrase.kind in ("people", "elided"):
            return True
        if phrase.kind == "thing":
            return False
        following = self.starting.get(phrase.end + 1) if self.lower(phrase.end) == "," else None
        if following is not None and following.det == "name" and phrase.start == trigger.end and phrase.det == "the":
            # `shot dead the Oursi prefect, Patrick Kabore`
            return trigger.outcome in ("killed", "injured", "abducted")
        if phrase.det == "a" and self.is_of_people(phrase):
            return True
        if phrase.quantity is None and phrase.det in ("a", "the") and not phrase.plural and phrase.head is not None:
            # an unlisted noun: an agent by its ending, or the one who `was killed`
            one = not {"was", "is"}.isdisjoint(self.lowers[trigger.group_start : trigger.start])
            was = one and trigger.outcome in ("killed", "injured")
            # not of `executed a search warrant`, `eliminated a post`
            object_of = phrase.start == trigger.end and trigger.outcome in ("killed", "abducted")
            object_of = object_of and self.lowers[trigger.start] not in figurative_senses()
            object_of = object_of and (phrase.det == "a" or self.with_people_of_its_own(phrase))
            return trigger.form != "noun" and (was or object_of or (phrase.det == "a" and self.lowers[phrase.head].endswith(_AGENT)))
        of_body = phrase.head is not None and self.lowers[phrase.head] in cues("body_part")  # `hit one eye`
        one = phrase.quantity is not None and phrase.quantity.high == 1 and phrase.quantity.modifier is None
        if one and phrase.start == trigger.end and trigger.outcome in _OF_ONE and not of_body:
            # `killing one contractor`, whatever the noun
            return True
        return (
            phrase.quantity is not None
            and phrase.plural
            and trigger.outcome in ("killed", "injured", "casualties", "abducted", "neutralised", "detained")
        )

    def is_of_people(self, phrase: Phrase) -> bool:
        """`four Fulanis and a Konkomba`: one of a people, in a list with a number of another people."""
        before = self.ending.get(phrase.start - 1) if self.lower(phrase.start - 1) == "and" else None
        if before is None or before.quantity is None or before.head is None or phrase.head is None:
            return False
        peoples = all(self.words[head][:1].isupper() for head in (before.head, phrase.head))
        return peoples and before.plural and phrase.head == phrase.start + 1 and not self.is_headline()

    def with_people_of_its_own(self, phrase: Phrase) -> bool:
        """`killed the alderman and his guard`: who has a guard or a wife is a person."""
        following = self.starting.get(phrase.end + 1) if self.lower(phrase.end) == "and" else None
        return following is not None and following.det == "poss" and following.kind == "people"

    def part_list_goes_on(self, i: int) -> bool:
        """Behind `including three children and …`: a singular or smaller list item goes on; decided by what follows."""
        following = self.starting.get(i + 1)
        return following is not None and self.lower(i + 1) not in ("another",) and following.kind == "people"

    def explained(self, found: Arguments) -> Arguments:
        """`killed two people, the manager and his brother`: as many singulars as the number before them say who they are."""
        last = found.whole[-1]
        if len(found.whole) > 1 and last.quantity is not None and last.kind == "elided" and self.says_in_all(last.end):
            # `an officer and a civilian, four in all`
            return Arguments([last], found.parts + found.whole[:-1])
        first = found.whole[0]
        number = first.quantity.high if first.quantity is not None else None
        if number is None or number < 2 or self.lower(first.end) not in _EXPLAINING:
            return found
        enclosed = self.list_from(first.end + 1) if self.lower(first.end) in _ENCLOSING else []
        rest = [p for p in found.whole[1:] if not any(p is e for e in enclosed)]
        bracketed = self.lower(first.end) == "(" and _make(enclosed, first)  # `four officers (two sergeants and two constables)`
        if len(enclosed) > 1 and (bracketed or self.adds_up(first, enclosed)):
            # `eight people (two guards and six traders) and a clerk`: who stands behind the brackets is one more
            return Arguments([first, *rest], [p for p in found.parts if not any(p is e for e in enclosed)] + enclosed)
        rest = found.whole[1:]
        ones = all(not p.plural and (p.quantity is None or p.quantity.high == 1) for p in rest)
        if (ones and len(rest) == number) or (len(rest) > 1 and self.adds_up(first, rest)):
            return Arguments([first], found.parts + rest)
        return found

    def says_in_all(self, i: int) -> bool:
        """Whether the words from token i on make the number before them that of all: `total`, `in all`, `altogether`."""
        return self.lower(i) in cues("in_all") or (
            self.lower(i) == "in" and (self.lower(i + 1) == "all" or self.lower(i + 1) in cues("in_all"))
        )

    def list_from(self, i: int) -> list[Phrase]:
        """The phrases of people that stand at token i and behind it with nothing but joiners between them."""
        listed: list[Phrase] = []
        while i in self.starting and self.starting[i].kind in ("people", "elided", "unknown"):
            listed.append(self.starting[i])
            i = listed[-1].end
            while self.lower(i) in JOINERS:
                i += 1
        return listed

    def adds_up(self, first: Phrase, rest: list[Phrase]) -> bool:
        """`killed three people, two guards and a porter`; `seven officers, five from A and two from B`: they say who the number are."""
        general = first.people is None or first.people.status == "unknown"
        # `three workers, one Chinese and two Iranians`
        general = general or all(p.head is not None and is_nationality(self.lowers[p.head]) for p in rest)
        return _make(rest, first) and (general or all(p.kind == "elided" for p in rest))


def _make(listed: list[Phrase], whole: Phrase) -> bool:
    """Whether the numbers of a list make that of the phrase that it may explain; a phrase without one counts one."""
    counts = [p.quantity.high if p.quantity is not None else 1 for p in listed]
    return whole.quantity is not None and None not in counts and sum(c or 0 for c in counts) == whole.quantity.high


def is_nationality(lower: str) -> bool:
    """Return whether a word names people after their country."""
    return lower in place_words().nationalities or lower.removesuffix("s") in place_words().nationalities


def _are_others(phrase: Phrase, listed: Phrase) -> bool:
    """Whether the listed people cannot be of the kind before them: another status, or another role."""
    one, other = phrase.people, listed.people
    if one is None or other is None or one.status == "unknown":
        return False
    return one.status != other.status or (one.role is not None and other.role is not None and one.role != other.role)
