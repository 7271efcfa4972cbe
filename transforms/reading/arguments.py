"""The walk from outcome words rightwards to their object; with the walk to the left it makes a clause.

A walk stays inside the clause. It steps over prepositional phrases, relative clauses, appositions and parentheses,
goes on through lists, and keeps parts (`including three children`) apart from what they are parts of.

Belongs here: the walk to the right. Keep out: the other one (`leftward.py`), which walk a form of outcome words takes, and
making figures (`attachment.py`).
"""

from __future__ import annotations

from transforms.reading.clause import HARD, JOINERS, Arguments
from transforms.reading.leftward import MAX_WALK, LeftWalk
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.vocabulary import cues


class Clause(LeftWalk):
    """A sentence that can be walked."""

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
        following = self.starting.get(i + 1)
        if (
            i not in self.starting
            and self.lower(i).endswith("ed")
            and i not in self.trigger_start
            and following is not None
            and following.det == "bare"
        ):
            # `killed suspected rustler`: a participle before a bare noun
            i += 1
        first = self.starting.get(i)
        if first is None or not self.may_be_people(first, trigger) or (first.det == "name" and self.lower(first.end) in ("'s", "’s")):
            # the last: `the slaughter of all Haiti's pigs`
            return found
        found.whole.append(first)
        i, parts, gap, relative = first.end, False, False, False
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
            elif lower in JOINERS or (lower == ";" and found.whole[-1].named):
                parts = (parts and lower != "and") or (parts and self.part_list_goes_on(i) and not self.closed_part(i, found))
            elif lower in HARD or lower in ("who", "when", "while", "where", "before", "after", "that", "which", "because"):
                if lower not in ("who", "that", "which"):
                    break
                gap, relative = True, relative or i in self.ending
            elif relative and "verb" in classes and "say" not in classes and i not in self.group_start:
                # `killed a clerk who worked at a mill and his son`: the verb of the relative clause
                relative = False
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

    def closed_part(self, i: int, found: Arguments) -> bool:
        """`seven officers, including their chief, and four traders`: the comma before `and` closes what is included."""
        return self.lower(i - 1) == "," and len(found.parts) == 1 and found.parts[0].end == i - 1

    def closes(self, phrase: Phrase) -> bool:
        """`Ann Bell, an officer at the depot, and Sergeant Rob Roy`: behind a closing comma a name with its rank goes on with the list."""
        return phrase.named and self.lower(phrase.start - 2) == ","

    def reflexive(self, i: int) -> Phrase:
        """`himself` as the object: the one who acts is hit, too; `themselves` are as many as the sentence tells of before."""
        phrase = Phrase(i, i + 1, "pronoun", "people", head=i, own_start=i)
        if self.lower(i) == "themselves":
            counted = [
                p for p in self.starting.values() if p.end <= i and p.kind == "people" and p.quantity is not None and p.quantity.low > 1
            ]
            phrase.quantity, phrase.plural = (counted[0].quantity if len(counted) == 1 else None), True
        return phrase

    def take_right(self, phrase: Phrase, found: Arguments, parts: bool, gap: bool, trigger: Trigger) -> int | None:
        before = self.classes(phrase.start - 1)
        joined = self.lower(phrase.start - 1) in JOINERS or (self.lower(phrase.start - 1) == ";" and phrase.named)
        if parts and not gap and self.may_be_people(phrase, trigger):
            found.parts.append(phrase)
            return phrase.end
        if phrase.det == "partitive" or self.tail_part(phrase):
            found.parts.append(phrase)
            return phrase.end
        if "prep" in before or self.lower(phrase.start - 1) == "of" or not joined:
            return phrase.end
        if self.lower(phrase.end) in ("'s", "’s"):
            # `killed 12 people, and the mayor's decision to …`: an owner
            return None
        unlisted = phrase.kind == "unknown" and self.lower(phrase.start - 1) == "," and self.apposition(found.whole[-1], phrase)
        if unlisted or self.appositive(phrase, found):
            return phrase.end
        if not self.may_be_people(phrase, trigger) or self.claimed(phrase) is not None:
            return None
        kin = phrase.det == "bare" and found.whole[-1].det == "poss" and found.whole[-1].end == phrase.start - 1
        listed = kin or (self.lower(phrase.start - 1) == "and" and phrase.people is not None and (phrase.det == "a" or self.closes(phrase)))
        if gap and phrase.quantity is None and not listed and (phrase.det != "poss" or phrase.plural):
            return phrase.end
        last = found.whole[-1]
        # `local deputy of A and Party B`: a name goes on only with the name right before it
        ages = all(w.isdigit() or w in JOINERS or w == ";" for w in self.lowers[last.end : phrase.start])
        if phrase.det == "name" and last.end < phrase.start - 2 and not ages:
            return phrase.end
        comma = self.lower(phrase.start - 1) == ","
        aged = ages and phrase.start - last.end > 2  # `Ann Bell, 21, Rob Roy, 11, and …`
        listed_name = (trigger.form == "group" or aged) and phrase.named and last.named
        kin_named = phrase.det == "poss" and phrase.people is not None and self.is_kin(phrase) and last.named
        owner_named = kin_named and not phrase.named and self.lowers[phrase.start] == self.lowers[last.end - 1]
        if owner_named or (kin_named and phrase.named):
            # `Karel Vonk, Vonk's brother, and …`; `Karel Vonk, his brother Jan Vonk, and …`: others than the one before
            found.whole.append(phrase)
            return phrase.end
        if comma and not listed_name and (self.apposition(last, phrase) or phrase.named):
            return phrase.end
        # `a tribal elder and former commander`: a bare singular goes on with the apposition
        if phrase.det == "bare" and phrase.quantity is None and not phrase.named and not self.is_headline() and not kin:
            return phrase.end
        following = self.classes(phrase.end)
        # `the bodies of two men and a boy were found`: the verb is the noun's
        of_noun = trigger.form in ("noun", "noun_of", "bodies") and self.lower(phrase.start - 1) == "and"
        if following & {"be", "have", "verb"} and not of_noun and (phrase.end not in self.group_start or self.lower(phrase.end - 1) != ","):
            return None
        if self.occupations(found, phrase):
            found.whole[-1] = phrase
            return phrase.end
        found.whole.append(phrase)
        return phrase.end

    def is_kin(self, phrase: Phrase) -> bool:
        """Whether a noun for a relative stands in the phrase: `his brother Jan Vonk`."""
        return not cues("relative").isdisjoint(self.lowers[phrase.start : phrase.end])

    def occupations(self, found: Arguments, phrase: Phrase) -> bool:
        """`killed teacher and activist Ann Bell`: two bare nouns before one name say what she was."""
        first = found.whole[-1]
        bare = len(found.whole) == 1 and first.det == "bare" and not first.named and not first.plural and first.quantity is None
        return bare and phrase.named and phrase.det == "bare" and first.end == phrase.start - 1 and self.lower(first.end) == "and"


__all__ = ["Arguments", "Clause"]
