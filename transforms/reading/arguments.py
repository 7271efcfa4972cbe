"""Walks from outcome words to the noun phrases that they speak of: leftwards to subjects, rightwards to objects.

A walk stays inside the clause. It steps over prepositional phrases, relative clauses, appositions and parentheses,
goes on through lists, and keeps parts (`including three children`) apart from what they are parts of.

Belongs here: the two walks. Keep out: which walk a form of outcome words takes, and making figures (`attachment.py`).
"""

from __future__ import annotations

from transforms.reading.clause import HARD, JOINERS, Arguments, ClauseIndex
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.vocabulary import cues

MAX_WALK = 45  # tokens: a bound on work per outcome word


class Clause(ClauseIndex):
    """A sentence that can be walked."""

    def subjects(self, trigger: Trigger) -> Arguments:
        """Walk left from the verb group to its subject, with the list it heads and the parts named between."""
        found = Arguments()
        i, stop = trigger.group_start - 1, max(-1, trigger.group_start - 1 - MAX_WALK)
        separated = crossed = joined = False
        while i > stop:
            phrase = self.ending.get(i + 1)
            if phrase is not None and phrase.end <= trigger.group_start:
                last = found.whole[-1] if found.whole else None
                step = self.take_left(phrase, found, separated, joined, trigger)
                if step is None:
                    break
                governed = step == phrase.start - 2 and self.is_preposition(step + 1)
                if last is not None and found.whole and found.whole[-1] is last and (governed or (joined and self.lower(step) == ",")):
                    # `the head of the town of Orlen and his guards`: what only says who or where parts no list
                    i = step
                    continue
                # only a joiner between list elements makes a list
                joined = joined and len(found.whole) > 1
                separated, i = False, step
                continue
            lower, classes = self.lowers[i], self.classes(i)
            if lower in HARD and not (lower == "." and len(self.words[i - 1]) < 4):
                break
            other = self.trigger_end.get(i + 1)
            if other is not None and other is not trigger:
                if found.whole:
                    break
                i, crossed = other.group_start - 1, True
                continue
            if lower in JOINERS:
                separated, joined = True, joined or lower != ","
            elif lower == ")":
                i = self.opening(i)
            elif lower.isdigit() and self.lower(i - 1) == ",":
                # an age between the names of a list
                pass
            elif "include" in classes or lower == "(":
                pass
            elif "rel" in classes and not found.whole and "the" not in classes:
                antecedent = self.ending.get(i) or self.ending.get(i - 1 if self.lower(i - 1) == "," else -1)
                if antecedent is not None and antecedent.quantity is not None and antecedent.kind != "thing":
                    # `among the nine people who are being held`: whatever governs them, they are the subject
                    found.whole.append(antecedent)
                    break
                if antecedent is not None:
                    i = antecedent.end - 1
                    continue
                if lower == "where":
                    break
            elif "verb" in classes and not found.whole:
                back = self.relative_start(i)
                if back is None and not self.lowers[i].endswith(("ing", "ed")):
                    break
                i = back if back is not None else i - 1
                continue
            elif ("sub" in classes and not found.whole and not crossed) or found.whole:
                break
            i -= 1
        return found

    def take_left(self, phrase: Phrase, found: Arguments, separated: bool, joined: bool, trigger: Trigger) -> int | None:
        """Decide on one phrase met on the way left; returns the token to go on from, None to stop."""
        before = phrase.start - 1
        classes = self.classes(before)
        owner = self.object_of.get(phrase.start)
        # `killed 12 people and was shot dead`: the subject is that of the first verb; `12 people who were shot`: it is not
        if owner is not None and not found.whole and self.lower(phrase.end) not in ("who", "that", "which", "were", "was"):
            return owner.group_start - 1
        if phrase.kind == "thing" or (
            phrase.kind == "unknown" and phrase.quantity is None and phrase.det != "no" and not self.may_be_people(phrase, trigger)
        ):
            if found.whole:
                return before - 1 if before >= 0 and self.is_preposition(before) else None
            if "include" in classes:
                return before
            governed = self.preposition_before(phrase.start)
            if governed is not None:
                return governed - 1
            if separated or trigger.voice == "none" or self.lower(before) == ",":
                return before
            return None if "verb" not in classes else before
        if self.listed_part(phrase) and not found.whole:
            found.parts.append(phrase)
            return before
        if phrase.det == "partitive" and not found.whole:
            if phrase.end == trigger.group_start:
                found.whole.append(phrase)
                return None
            if self.lower(before) == "," or (before >= 0 and self.ending.get(before + 1) is not None):
                found.parts.append(phrase)
                return before
            found.whole.append(phrase)
            return None
        if phrase.det == "partitive":
            # `12 were killed, two of them children, and 30 were wounded`
            return None
        if self.lower(before) in ("them", "of") and not found.whole:
            return before - 1
        if self.lower(before) == "as" and self.lower(before - 1) in cues("identified_as"):
            # `one soldier, identified as John Smith, was killed`: the name only says who
            found.whole = [p for p in found.whole if not p.named]
            named = self.ending.get(before - 1)
            if not found.whole or named is None or named.kind != "people":
                return before - 2
            # `a commander identified as Jama Khan and his guard were killed`
            found.whole.append(named)
            return named.start - 1
        before_comma = self.ending.get(before) if self.lower(before) == "," else None
        if phrase.det == "bare" and phrase.plural and not found.whole and before_comma is not None and before_comma.quantity is not None:
            # `two others, officials of the town, were wounded`: they say who the two are
            return before
        if phrase.quantity is None and phrase.plural and self.lower(before).endswith("ing") and not classes:
            # `a guard protecting coalition personnel, was killed`: the object of a participle
            return before - 1
        adjacent = phrase.end == trigger.group_start and phrase.quantity is not None
        if not found.whole and not adjacent and self.in_prepositional_list(phrase):
            return before - 1
        office = phrase.quantity is None and not phrase.plural and not phrase.named and phrase.det in ("a", "the", "bare")
        if joined and office and before_comma is not None and before_comma.named and self.lower(phrase.end) in (",", "of"):
            # `Ann Bell, chairman of the board, and her driver were killed`: the office only says who
            return before
        if found.whole and joined and phrase.quantity is None and before >= 0 and self.is_preposition(before) and "sub" not in classes:
            return before - 1
        if found.whole and "prep" in classes and (not separated or phrase.det == "name"):
            return None
        if found.whole and not separated:
            return None
        if found.whole and separated and not joined and self.apposition(phrase, found.whole[-1]):
            found.whole[-1] = phrase if phrase.named or not found.whole[-1].named else found.whole[-1]
            return before
        if joined and self.one_person(phrase, found, trigger):
            found.whole[-1] = phrase
            return before
        if found.whole and self.breaks_list(phrase, found, joined):
            return None
        if self.explains(phrase, found):
            found.parts.extend(found.whole)
            found.whole = [phrase]
            return None
        if found.whole and (self.claimed(phrase) or ("verb" in classes and "say" not in classes)):
            return None
        found.whole.append(phrase)
        return before

    def objects(self, start: int, trigger: Trigger) -> Arguments:
        """Walk right from `start` to the object, with its list and the parts named behind it."""
        found = Arguments()
        i, stop = start, min(len(self.words), start + MAX_WALK)
        i += self.lower(i) == "only" and self.lower(i + 1) in cues("reflexive")
        if self.lower(i) in cues("reflexive"):
            # `killing himself and two others`
            found.whole.append(self.reflexive(i))
            i += 1
            if self.lower(i) not in ("and", ",", "along", "plus"):
                return found
            i += 1
        while i < stop and i not in self.starting and (self.classes(i) & {"adverb", "poss", "the"} or self.lowers[i] in ('"', "“", ":")):
            i += 1
        first = self.starting.get(i)
        if first is None or not self.may_be_people(first, trigger):
            return found
        found.whole.append(first)
        i, parts, gap = first.end, False, False
        while i < stop:
            lower, classes = self.lowers[i], self.classes(i)
            phrase = self.starting.get(i)
            if phrase is not None:
                taken = self.take_right(phrase, found, parts, gap, trigger)
                if taken is None:
                    break
                i = taken
                continue
            if "include" in classes:
                parts, gap = True, False
            elif lower in JOINERS:
                parts = (parts and lower != "and") or (parts and self.part_list_goes_on(i))
            elif lower in HARD or lower in ("who", "when", "while", "where", "before", "after", "that", "which", "because"):
                if lower not in ("who", "that", "which"):
                    break
                gap = True
            elif i in self.group_start or "verb" in classes or self.lowers[i : i + 2] in (["along", "with"], ["together", "with"]):
                break
            elif lower in cues("reflexive") and self.lowers[i - 1] in ("and", "then", ","):
                # `killed his wife and then himself`
                found.whole.append(self.reflexive(i))
                break
            else:
                gap = gap or not (lower == "then" or (lower.isdigit() and self.lower(i - 1) == ","))
            i += 1
        return self.explained(found)

    def appositive(self, phrase: Phrase, found: Arguments) -> bool:
        """`a constable, Som Du, a former clerk`; `his son, a clerk, in Kabul`: one singular behind a bare comma only says who."""
        if phrase.quantity is not None or phrase.plural or phrase.det not in ("a", "the") or self.is_headline():
            return False
        before = self.ending.get(phrase.start - 1)
        if before is None:
            return False
        skipped = not any(before is p for p in found.whole)
        if self.lower(phrase.start - 1) == "and":
            # `Ann Bell, a leader and an official`
            return skipped and before.det == "a" and self.lower(before.start - 1) == "," and phrase.det == "a"
        goes_on = self.lower(phrase.end) in JOINERS and (
            self.starting.get(phrase.end + 1) is not None or self.lower(phrase.end + 1) in JOINERS
        )
        return (skipped and before.named) or (not goes_on and not before.plural)

    def reflexive(self, i: int) -> Phrase:
        """`himself` as the object: the one who acts is hit, too."""
        return Phrase(i, i + 1, "pronoun", "people", head=i, own_start=i)

    def take_right(self, phrase: Phrase, found: Arguments, parts: bool, gap: bool, trigger: Trigger) -> int | None:
        before = self.classes(phrase.start - 1)
        joined = self.lower(phrase.start - 1) in JOINERS
        if parts and not gap and self.may_be_people(phrase, trigger):
            found.parts.append(phrase)
            return phrase.end
        if phrase.det == "partitive" or self.tail_part(phrase):
            found.parts.append(phrase)
            return phrase.end
        if "prep" in before or self.lower(phrase.start - 1) == "of" or not joined:
            return phrase.end
        unlisted = phrase.kind == "unknown" and self.lower(phrase.start - 1) == "," and self.apposition(found.whole[-1], phrase)
        if unlisted or self.appositive(phrase, found):
            return phrase.end
        if not self.may_be_people(phrase, trigger) or self.claimed(phrase) is not None:
            return None
        listed = self.lower(phrase.start - 1) == "and" and phrase.det == "a" and phrase.people is not None
        if gap and phrase.quantity is None and not listed and (phrase.det != "poss" or phrase.plural):
            return phrase.end
        last = found.whole[-1]
        # `local deputy of A and Party B`: a name goes on only with the name right before it
        ages = all(w.isdigit() or w in JOINERS for w in self.lowers[last.end : phrase.start])
        if phrase.det == "name" and last.end < phrase.start - 2 and not ages:
            return phrase.end
        comma = self.lower(phrase.start - 1) == ","
        aged = ages and phrase.start - last.end > 2  # `Ann Bell, 21, Rob Roy, 11, and …`
        listed_name = (trigger.form == "group" or aged) and phrase.named and last.named
        if comma and not listed_name and (self.apposition(last, phrase) or phrase.named):
            return phrase.end
        # `a tribal elder and former commander`: a bare singular goes on with the apposition
        kin = last.det == "poss" and last.end == phrase.start - 1
        if phrase.det == "bare" and phrase.quantity is None and not phrase.named and not self.is_headline() and not kin:
            return phrase.end
        following = self.classes(phrase.end)
        if following & {"be", "have", "verb"} and (phrase.end not in self.group_start or self.lower(phrase.end - 1) != ","):
            return None
        found.whole.append(phrase)
        return phrase.end


__all__ = ["Arguments", "Clause"]
