"""The walk from outcome words leftwards to their subject.

It steps over prepositional phrases, relative clauses, appositions and parentheses, goes on through lists, and keeps parts
(`including three children`) apart from what they are parts of. On each phrase it meets, an ordered tuple of rules decides.

Belongs here: the walk and its rules. Keep out: the walk to the right (`arguments.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from transforms.reading.clause import HARD, JOINERS, Arguments, ClauseIndex
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.vocabulary import cues

_CLOSING_QUOTES = frozenset({'"', "”", "’"})
MAX_WALK = 45  # tokens: a bound on work per outcome word


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: what it found, whether a comma or joiner was crossed since the last phrase, whether a verb was."""

    trigger: Trigger
    found: Arguments
    separated: bool = False
    joined: bool = False
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """A rule's decision on a phrase: the token to go on from, None to stop."""

    to: int | None


class LeftWalk(ClauseIndex):
    """A sentence that can be walked to the left."""

    def subjects(self, trigger: Trigger) -> Arguments:
        """Walk left from the verb group to its subject, with the list it heads and the parts named between."""
        walk = _Walk(trigger, Arguments())
        if self.is_unnumbered_share(trigger.group_start - 1):
            return Arguments()
        i, stop = trigger.group_start - 1, max(-1, trigger.group_start - 1 - MAX_WALK)
        while i > stop:
            phrase = self.ending.get(i + 1)
            if phrase is not None and phrase.end <= trigger.group_start:
                step = self.over_phrase(phrase, walk)
            else:
                step = self.over_token(i, walk)
            if step is None:
                break
            i = step
        return Arguments() if self.is_no_name(walk) else walk.found

    def is_unnumbered_share(self, i: int) -> bool:
        """`90 people were rescued, some badly hurt`: some of them, and no number says how many."""
        while "adverb" in self.classes(i) or self.lower(i).endswith("ly"):
            i -= 1
        return self.lower(i) in cues("unnumbered_share") and self.lower(i - 1) in (",", "(", "–", "—", "-", "and", "with")

    def is_no_name(self, walk: _Walk) -> bool:
        """`Migrants were injured`: one word alone with a plural verb is no person of that name, however it is printed."""
        whole = walk.found.whole
        alone = len(whole) == 1 and whole[0].named and whole[0].quantity is None and whole[0].end - whole[0].start == 1
        # behind a quotation mark stands the rest of a longer name: `members of the “Desert” Brigade were injured`
        return alone and self.lower(walk.trigger.group_start) == "were" and self.lower(whole[0].start - 1) not in _CLOSING_QUOTES

    def over_phrase(self, phrase: Phrase, walk: _Walk) -> int | None:
        """Take or leave one phrase; returns the token to go on from, None to stop."""
        found = walk.found
        last = found.whole[-1] if found.whole else None
        step = self.take_left(phrase, walk)
        if step is None:
            return None
        governed = step == phrase.start - 2 and self.is_preposition(step + 1)
        kept = last is not None and bool(found.whole) and found.whole[-1] is last
        if not (kept and (governed or (walk.joined and self.lower(step) == ","))):
            # only a joiner between list elements makes a list; what only says who or where (`the head of Orlen and his guards`) parts none
            walk.joined = walk.joined and len(found.whole) > 1
            walk.separated = False
        return step

    def over_token(self, i: int, walk: _Walk) -> int | None:
        """Step over one token between phrases; returns the token to go on from, None to stop."""
        found, lower, classes = walk.found, self.lowers[i], self.classes(i)
        if lower == ";" and self.parts_names(i, found):
            walk.separated = walk.joined = True
            return i - 1
        if lower in HARD and not (lower == "." and len(self.words[i - 1]) < 4):
            return None
        other = self.trigger_end.get(i + 1)
        if other is not None and other is not walk.trigger:
            walk.crossed = True
            return None if found.whole else other.group_start - 1
        if lower in JOINERS:
            walk.separated, walk.joined = True, walk.joined or lower != ","
            return i - 1
        if found.whole and lower == "with" and self.lower(i - 1) in ("along", "together") and found.whole[-1].start == i + 1:
            # `ten officers along with one clerk were hurt`
            walk.separated = walk.joined = True
            return i - 2
        if lower == ")":
            return self.opening(i) - 1
        if "include" in classes or lower == "(" or (lower.isdigit() and self.lower(i - 1) == ","):
            # the digit: an age between the names of a list
            return i - 1
        if "rel" in classes and not found.whole and "the" not in classes:
            return self.over_relative(i, found)
        if lower.endswith("ed") and self.lower(i - 1) == "and" and self.is_bare_plural(i + 1):
            # `seven soldiers and suspected rebels were killed`
            return i - 1
        if "verb" in classes and not found.whole:
            if self.is_preposition(i - 1) and self.lower(i - 1) != "to":
                # `in charge of`, `under fire`: no verb behind a preposition
                return i - 1
            back = self.relative_start(i)
            if back is None and self.lower(i - 1) == "to" and "say" not in classes:
                # `a man trying to enter the hall was killed`: an infinitive belongs to what governs it
                return i - 2
            if back is None and not lower.endswith(("ing", "ed")) and self.lowers[i + 1 : i + 3] != ["to", "be"]:
                return None
            return back if back is not None else i - 1
        opens_clause = "sub" in classes and "time" not in self.classes(i + 1)  # not of `since Tuesday`
        return None if (opens_clause and not walk.crossed) or found.whole else i - 1

    def is_bare_plural(self, i: int) -> bool:
        """Whether at token i a phrase starts that has a plural and neither number, name nor article: `rebels`."""
        phrase = self.starting.get(i)
        bare = phrase is not None and phrase.plural and not phrase.named and phrase.quantity is None
        return bare and not self.classes(i) & {"a", "the", "poss"}

    def parts_names(self, i: int, found: Arguments) -> bool:
        """`Ann Bell, 32; Rob Stone, 25; and Carl Reed were killed`: a semicolon between names, perhaps with their ages."""
        before = i - 2 if self.lower(i - 1).isdigit() and self.lower(i - 2) == "," else i
        named = self.ending.get(before)
        return bool(found.whole) and found.whole[-1].named and named is not None and named.named and named.quantity is None

    def over_relative(self, i: int, found: Arguments) -> int | None:
        """`among the nine people who are being held`: whatever governs the antecedent, it is the subject."""
        antecedent = self.ending.get(i) or self.ending.get(i - 1 if self.lower(i - 1) == "," else -1)
        if antecedent is not None and antecedent.quantity is not None and antecedent.kind != "thing":
            found.whole.append(antecedent)
            return None
        if antecedent is not None:
            return antecedent.end - 1
        return None if self.lowers[i] == "where" else i - 1

    def take_left(self, phrase: Phrase, walk: _Walk) -> int | None:
        """Decide on one phrase met on the way left; returns the token to go on from, None to stop."""
        for rule in _RULES:
            decided = rule(self, phrase, walk)
            if decided is not None:
                return decided.to
        walk.found.whole.append(phrase)
        return phrase.start - 1

    def owned(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """`killed 12 people and was shot dead`: the subject is that of the first verb; `12 people who were shot`: it is not."""
        owner = self.object_of.get(phrase.start)
        following = self.lower(phrase.end + (self.lower(phrase.end) == ","))  # `shot an intruder, who died`
        # `suspected of killing a man were lynched`: the verb's number shows that the object is not its subject
        agrees = (
            following in ("who", "that", "which") or (following == "were" and phrase.plural) or (following == "was" and not phrase.plural)
        )
        if owner is not None and not walk.found.whole and not agrees:
            return _Step(owner.group_start - 1)
        return None

    def predicate(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """`two women, who were cousins, were killed`; `who worked as guards`: a bare plural behind `be` or `as` only says what they are."""
        before = phrase.start - 1
        says_what = phrase.det == "bare" and phrase.plural and phrase.quantity is None and not phrase.named and not walk.found.whole
        if says_what and ("be" in self.classes(before) or self.lower(before) == "as"):
            return _Step(before - 1)
        return None

    def of_relative(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """`a tourist whose parents lived there was killed`; `a builder who helps foreign troops was killed`: no plural for `was`."""
        if walk.found.whole or not phrase.plural or phrase.quantity is not None or phrase.named:
            return None
        if self.lower(phrase.start - 1) == "whose":
            return _Step(phrase.start - 2)
        back = self.relative_start(phrase.start) if "was" in self.lowers[walk.trigger.group_start : walk.trigger.start] else None
        return _Step(back) if back is not None else None

    def no_people(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """Things, and unlisted nouns that can be no people here."""
        unlisted = phrase.kind == "unknown" and phrase.quantity is None and phrase.det != "no"
        if phrase.kind != "thing" and not (unlisted and not self.may_be_people(phrase, walk.trigger)):
            return None
        before = phrase.start - 1
        classes = self.classes(before)
        if walk.found.whole:
            return _Step(before - 1 if before >= 0 and self.is_preposition(before) else None)
        if "include" in classes:
            return _Step(before)
        governed = self.preposition_before(phrase.start)
        if governed is not None:
            return _Step(governed - 1)
        antecedent = self.ending.get(before)
        if self.lower(before).endswith("ing") and not classes and antecedent is not None and antecedent.kind == "people":
            # `two clerks guarding a hall were shot`, `a man carrying a bag was killed`: what people were busy with
            return _Step(before - 1)
        if self.lower(before).endswith("ing") and not classes and self.lower(before - 1) == "of":
            # `a man accused of stealing two bikes was killed`
            return _Step(before - 2)
        goes_on = walk.separated or walk.trigger.voice == "none" or self.lower(before) == "," or "verb" in classes
        # `an officer who examined the letters was injured`
        return _Step(before) if goes_on else _Step(self.relative_start(phrase.start))

    def part(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """Parts named before the verb: `including three children`, `12 people, two of them women, …`."""
        found, before = walk.found, phrase.start - 1
        if found.whole and walk.joined and "include" in self.classes(before) and self.lower(before - 1) == ",":
            # `four officers, including their chief, and seven raiders`
            found.parts.append(phrase)
            return _Step(before - 1)
        if self.listed_part(phrase) and not found.whole:
            found.parts.append(phrase)
            return _Step(before)
        if phrase.det != "partitive":
            return None
        if found.whole:
            # `12 were killed, two of them children, and 30 were wounded`
            return _Step(None)
        behind = self.lower(before) == "," or (before >= 0 and self.ending.get(before + 1) is not None)
        if phrase.end != walk.trigger.group_start and behind:
            found.parts.append(phrase)
            return _Step(before)
        found.whole.append(phrase)
        return _Step(None)

    def identified(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """`one soldier, identified as John Smith, was killed`: the name only says who."""
        found, before = walk.found, phrase.start - 1
        if self.lower(before) in ("them", "of") and not found.whole and not self.is_of_kin(phrase, walk.trigger):
            return _Step(before - 1)
        if self.lower(before) != "as" or self.lower(before - 1) not in cues("identified_as"):
            return None
        if not found.whole and self.lowers[phrase.end : phrase.end + 2] == [",", "who"]:
            # `were identified as Ann Bell, who was killed, and …`
            return None
        found.whole = [p for p in found.whole if not p.named]
        named = self.ending.get(before - 1)
        if not found.whole or named is None or named.kind != "people":
            return _Step(before - 2)
        # `a commander identified as Jama Khan and his guard were killed`
        found.whole.append(named)
        return _Step(named.start - 1)

    def explaining(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """`two others, officials of the town, were wounded`; `Ann Bell, chairman of the board, and her driver`: they say who."""
        found, before = walk.found, phrase.start - 1
        named = self.ending.get(before) if self.lower(before) == "," else None
        if named is None or phrase.quantity is not None:
            return None
        if phrase.det == "bare" and phrase.plural and not found.whole and named.quantity is not None:
            return _Step(before)
        office = not phrase.plural and not phrase.named and phrase.det in ("a", "the", "bare")
        return _Step(before) if walk.joined and office and named.named and self.closes_office(phrase.end) else None

    def closes_office(self, i: int) -> bool:
        """Whether a comma or a preposition stands at token i: `, chairman of the board,`."""
        return self.lower(i) == "," or (i < len(self.words) and self.is_preposition(i))

    def told_again(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """`shot a soldier in Orlen, and the soldier died`: the first of two mentions of one person is no list with the second."""
        last = walk.found.whole[-1] if walk.found.whole else None
        if last is None or last.det != "the" or phrase.det != "a" or last.head is None or phrase.head is None:
            return None
        return _Step(None) if self.lowers[last.head] == self.lowers[phrase.head] and last.quantity is None else None

    def governed(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """What a preposition or a participle governs is no subject, nor an element of its list."""
        found, before = walk.found, phrase.start - 1
        classes = self.classes(before)
        if phrase.quantity is None and phrase.plural and self.lower(before).endswith("ing") and not classes:
            # `a guard protecting coalition personnel, was killed`: the object of a participle
            return _Step(before - 1)
        if not found.whole and phrase.named and self.lower(before).endswith("ed") and self.lower(before - 1) in ("who", "which", "that"):
            # `the officer who challenged Rob Roy, has died`
            return _Step(before - 2)
        counted = self.ending.get(before) if self.lower(before) == "from" else None
        if counted is not None and counted.quantity is not None and counted.kind == "people" and phrase.quantity is not None:
            # `eight people from three families were killed`: where the eight belong
            return _Step(before - 1)
        adjacent = phrase.end == walk.trigger.group_start and phrase.quantity is not None
        adjacent = adjacent or self.is_of_kin(phrase, walk.trigger)
        if not found.whole and not adjacent and self.in_prepositional_list(phrase):
            return _Step(before - 1)
        if found.whole and walk.joined and phrase.quantity is None and before >= 0 and self.is_preposition(before) and "sub" not in classes:
            return _Step(before - 1)
        if found.whole and phrase.named and phrase.quantity is None and not classes and self.lower(before - 1) in ("in", "near"):
            # `50 were hurt in southern Orlen and three died`
            return _Step(None)
        if found.whole and "prep" in classes and (not walk.separated or phrase.det == "name"):
            return _Step(None)
        return _Step(None) if found.whole and not walk.separated else None

    def is_of_kin(self, phrase: Phrase, trigger: Trigger) -> bool:
        """`the family of a clerk killed by soldiers`: a participle without an auxiliary speaks of the noun right before it."""
        of = self.lower(phrase.start - 1) == "of" and self.lower(phrase.start - 2) in cues("kin_of")
        counted = phrase.kind == "people" and phrase.det in ("a", "quantity")
        return of and counted and trigger.voice == "bare" and self.past_adverbs(phrase.end) == trigger.start

    def same_person(self, phrase: Phrase, walk: _Walk) -> _Step | None:
        """Appositions, and lists that only explain the number before them."""
        found, before = walk.found, phrase.start - 1
        if found.whole and walk.separated and not walk.joined and self.apposition(phrase, found.whole[-1]):
            found.whole[-1] = phrase if phrase.named or not found.whole[-1].named else found.whole[-1]
            return _Step(before)
        if walk.joined and self.one_person(phrase, found, walk.trigger):
            found.whole[-1] = phrase
            return _Step(before)
        if self.has_offices(phrase, found):
            found.whole = [phrase]
            return _Step(before)
        if found.whole and self.breaks_list(phrase, found, walk.joined):
            return _Step(None)
        if self.explains(phrase, found):
            found.parts.extend(found.whole)
            found.whole = [phrase]
            return _Step(None)
        classes = self.classes(before)
        left = self.lower(before) in cues("leave") and walk.trigger.form == "adjective"  # `left two clerks and a guard dead`
        if found.whole and not left and (self.claimed(phrase) or ("verb" in classes and "say" not in classes)):
            return _Step(None)
        return None


_RULES: tuple[Callable[[LeftWalk, Phrase, _Walk], _Step | None], ...] = (
    LeftWalk.owned,
    LeftWalk.predicate,
    LeftWalk.of_relative,
    LeftWalk.no_people,
    LeftWalk.part,
    LeftWalk.identified,
    LeftWalk.explaining,
    LeftWalk.told_again,
    LeftWalk.governed,
    LeftWalk.same_person,
)
