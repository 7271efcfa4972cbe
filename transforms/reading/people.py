"""Step: find the noun phrases that may stand for people, with or without a number.

A phrase starts at a number phrase, a determiner, a bare noun for people, a name or `he`/`she`, and runs to its head
noun. Whether it is about people at all is noted (`kind`), so that things (`30 villages`) can be told apart.

Belongs here: the bounds, head and kind of noun phrases. Keep out: what happened to them (`attachment.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document
from transforms.reading.marks import Phrase, Quantity
from transforms.reading.vocabulary import PeopleWord, cues, is_people_like
from transforms.reading.words import STOP, Words
from transforms.sources.phrases import group_table

_INNER = frozenset({"'s", "’s", '"', "“", "”", "[", "]", "(", ")", "‘", "’", "'"})
_PLURAL = ("s", "men", "women", "ese", "folk", "iyyah")
MAX_CONTENT = 12
_NONE = frozenset[str]()


def _both(one: PeopleWord | None, other: PeopleWord) -> PeopleWord:
    """`women and children`: of neither demographic alone, and of one status only where both have it."""
    if one is None:
        return other
    status = one.status if one.status == other.status else "unknown"
    return PeopleWord(
        status, True, one.role if one.role == other.role else None, one.demographic if one.demographic == other.demographic else None
    )


class _Chunker(Words):
    """Finds the phrases of one sentence, left to right."""

    def content(self, phrase: Phrase, i: int) -> int:
        """Consume the content of a phrase from token i; sets head, people, kind. Returns the end."""
        limit, head_end = min(len(self.words), i + MAX_CONTENT), i
        while i < limit:
            passed = self.passed(phrase, i, limit)
            if passed == i:
                break
            if passed is not None:
                i = passed
                continue
            found = self.compound(i)
            if found is not None:
                phrase.people, phrase.head, phrase.plural = found[0], found[1] - 1, found[0].plural
                i = head_end = found[1]
                continue
            if self.is_no_content(phrase, i, limit):
                break
            end, goes_on = self.noun(phrase, i, head_end)
            if end == i:
                break
            i = head_end = end
            if not goes_on:
                break
        return head_end

    def passed(self, phrase: Phrase, i: int, limit: int) -> int | None:
        """The token to go on from where token i is a mark, a possessive, an outcome word or another number; i where it ends the phrase;
        None where it is a word like any other."""
        lower = self.lowers[i]
        if lower in ("'s", "’s"):
            if i + 1 in self.trigger_at:
                return i
            phrase.head, phrase.people, phrase.plural = None, None, False
            phrase.det = "poss" if phrase.quantity is None else phrase.det
            return i + 1
        if lower == "(":
            # `(CRPF) officers`: an initialism between a name and its noun
            initialism = i + 3 < limit and self.lowers[i + 2] == ")" and self.person(i + 3) is not None
            return i + 3 if initialism else i
        if lower == "/":
            # `56 BH/IS fighters`
            return i + 1 if self.is_name(i + 1) or self.person(i + 1) else i
        if lower in _INNER:
            opens = lower not in (")", "]", "”", "’") and i + 1 < limit and self.is_name(i + 1)
            return i + 1 if opens or self.person(i + 1) else i
        inner = self.trigger_at.get(i)
        if inner is not None:
            # `several wounded children`
            adjective = inner.form in ("past", "participle", "adjective") and inner.end - inner.start == 1
            if phrase.head is not None or not adjective or not self.compound(inner.end):
                return i
            phrase.inner_outcome, phrase.inner_token = inner.outcome, inner.start
            return inner.end
        other_number = i in self.by_start and self.by_start[i] is not phrase.quantity and "ordinal" not in self.classes(i)
        return i if other_number else None

    def is_no_content(self, phrase: Phrase, i: int, limit: int) -> bool:
        """Whether a word ends the phrase: a function word or verb (unless a noun for people follows it: `rescue workers`), a mark."""
        classes, lower = self.classes(i), self.lowers[i]
        compounds = "verb" in classes and phrase.people is None and i + 1 < limit and self.compound(i + 1)
        if phrase.det == "a" and i == phrase.start + 1 and lower.endswith("ing") and self.leads_to_people(i + 1):
            # `a leading party member`: behind `a` it is no verb
            return False
        if "verb" in classes and self.words[i][:1].isupper() and group_table().at(self.words, i, all_caps=False) is not None:
            # `members of the Free Syrian Army`: the name of a group that begins with a verb's word
            return False
        return bool(classes & STOP and lower not in self.things and not compounds) or not any(c.isalnum() for c in lower)

    def noun(self, phrase: Phrase, i: int, head_end: int) -> tuple[int, bool]:
        """Take one unlisted word as the head or as a name behind it.

        Returns where the phrase is now (i: it ended before the word) and whether it goes on.
        """
        lower = self.lowers[i]
        if phrase.people is None:
            counted_thing = (
                phrase.head is not None
                and self.things.get(self.lowers[phrase.head].removesuffix("s"))
                and lower.endswith("ed")
                and phrase.plural
            )
            if counted_thing:
                # `two vests filled with nails`
                return i, False
            if phrase.head == i - 1 and self.is_name_of_thing(i):
                return max(self.name(i), i + 1), False
            if phrase.head is not None and (self.is_counted_people(phrase, i) or lower.endswith("ing")) and self.compound(i + 1) is None:
                return i, False
            # `killed 4 SPLA`: an initialism behind a number
            phrase.plural = lower.endswith(_PLURAL) or self.initialism(phrase, i)
        elif self.all_caps and i < head_end + 4 and not self.classes(i) and lower not in self.things and not phrase.plural:
            phrase.named = True
            return i + 1, True
        elif not self.is_name(i):
            # a plural noun for people ends its phrase; a singular may go on (`police station`)
            if phrase.plural or lower.endswith(("ed", "ing", "ly")) or lower[:1].isdigit():
                return i, False
            phrase.people, phrase.plural = None, lower.endswith("s")
        elif self.name_leads_on(i):
            # `Central Reserve Police Force (CRPF) officers`: a name that only modifies
            phrase.people, phrase.plural = None, False
        else:
            phrase.named = True
            return max(self.name(i), i + 1), False
        phrase.head = i
        return i + 1, True

    def is_counted_people(self, phrase: Phrase, i: int) -> bool:
        """`two Iraqis loyal to the mayor`: a number before a capitalised plural, and a word in lower case behind it."""
        head, quantity = phrase.head, phrase.quantity
        if head is None or quantity is None or quantity.low < 2 or self.all_caps or self.title_case:
            return False
        return head == quantity.end and self.words[head][0].isupper() and self.lowers[head].endswith("s") and self.words[i].islower()

    def initialism(self, phrase: Phrase, i: int) -> bool:
        """Whether a number above one stands right before an upper-case word in a text that is not all upper case."""
        quantity, word = phrase.quantity, self.words[i]
        counted = quantity is not None and quantity.end == i and quantity.low > 1
        return counted and not self.all_caps and len(word) > 1 and word.isalpha() and word.isupper()

    def classify(self, phrase: Phrase) -> Phrase:
        """Set `kind` from the head."""
        if phrase.people is not None:
            phrase.kind = "people"
        elif phrase.head is None:
            phrase.kind = "elided"
        else:
            lower = self.lowers[phrase.head]
            classes = self.things.get(lower, _NONE)
            if classes or (lower.endswith("s") and lower[:-1] in self.things) or lower[:1].isdigit():
                phrase.kind = "thing"
            elif is_people_like(lower) or lower.endswith("members"):
                phrase.kind = "people"
            else:
                phrase.kind = "unknown"
        return phrase

    def of_tail(self, phrase: Phrase, i: int) -> int:
        """`members of the group`, `dozens of people`: extend over `of` and what follows it."""
        if i >= len(self.words) or self.lowers[i] != "of":
            return i
        j = i + 1
        if j in self.by_start or (self.classes(j) & {"a"}):
            return i
        while j < len(self.words) and self.classes(j) & {"the", "poss"}:
            j += 1
        tail = Phrase(j, j, "bare", "unknown")
        end = self.content(tail, j)
        return end if end > j else i

    def adopt_tail(self, phrase: Phrase, end: int) -> None:
        """`a Ministry of Interior official`: where the noun before `of` is no person, the one at the end is the head."""
        if phrase.end > end and phrase.people is None and self.lowers[end] == "of" and not (self.classes(end + 1) & {"the", "poss"}):
            last = self.person(phrase.end - 1)
            if last is not None and not last.plural:
                phrase.people, phrase.head, phrase.plural = last, phrase.end - 1, False

    def partitive(self, phrase: Phrase, i: int) -> int | None:
        """`two of them`, `three of the injured`, `dozens of civilians`: sets the phrase; returns the end or None."""
        j = i + 1
        if j >= len(self.words):
            return None
        group = self.trigger_at.get(j)
        named_so = group is not None and (self.lowers[j] == "those" or (self.lowers[j] == "the" and self.person(group.end - 1) is None))
        if group is not None and group.form == "group" and named_so:
            # `two of those wounded later died`, `three of the dead were children`; not `two of the victims were killed`
            phrase.partitive, phrase.kind, phrase.inner_outcome, phrase.inner_token = True, "elided", group.outcome, group.start
            return group.end
        if self.lowers[j] in cues("third_person_part"):
            phrase.partitive, phrase.kind, phrase.det = True, "elided", "partitive"
            # `four of them teenagers`
            end = self.content(phrase, j + 1) if self.compound(j + 1) is not None else j + 1
            if self.lowers[j] == "which":
                # `stole three vans, one of which`: people are `whom`
                phrase.kind, phrase.det = "thing", "quantity"
                return end
            phrase.kind = "elided"
            return end
        determined = False
        while j < len(self.words) and self.classes(j) & {"the", "poss"}:
            determined, j = True, j + 1
        inner_whole = self.by_start.get(j) if determined else None
        if j in self.by_start:
            if not determined and self.inner_counts(self.by_start[j]):
                phrase.kind = "thing"
                return i
            phrase.partitive, phrase.of_number, j = True, self.by_start[j] if determined else None, self.by_start[j].end
        inner = self.trigger_at.get(j)
        if inner is not None and inner.form == "adjective" and determined and self.is_plain_noun(inner.end):
            # `one of the critical updates`, `two of the missing aircraft`: an adjective of what its noun says
            end = self.content(phrase, inner.end)
            self.classify(phrase)
            return end
        if inner is not None and determined and self.compound(inner.end) is None:
            phrase.partitive, phrase.kind, phrase.inner_outcome, phrase.inner_token = True, "elided", inner.outcome, inner.start
            phrase.inner_whole = inner_whole
            return inner.end
        end = self.content(phrase, j)
        if end == j:
            return None
        phrase.partitive = determined or phrase.partitive
        self.classify(phrase)
        return end

    def inner_counts(self, quantity: Quantity) -> bool:
        """`one of three people killed`, `one of two men who were shot`: the outcome is said of the inner number."""
        inner = Phrase(quantity.start, quantity.end, "quantity", "elided", quantity=quantity)
        end = max(self.content(inner, quantity.end), quantity.end)
        trigger = self.trigger_at.get(end)
        return self.lower(end) in ("who", "that") or (trigger is not None and trigger.voice == "bare")

    def from_quantity(self, quantity: Quantity) -> Phrase | None:
        behind = self.classes(quantity.end)
        if self.lowers[quantity.core_start] == "both" and (self.is_name(quantity.end) or behind & {"the", "a", "poss"}):
            # `both Ann and Bob`: no number of its own
            return None
        if self.lowers[quantity.core_start] == "both" and "prep" in behind and self.lower(quantity.start - 1) == ",":
            # `a guard in one village and two in the next, both in the valley`: of those just told of
            return None
        phrase = Phrase(quantity.start, quantity.end, "quantity", "elided", quantity=quantity, plural=True, own_start=quantity.start)
        i = quantity.end
        if (i < len(self.words) and self.lowers[i] == "of") or (quantity.kind == "vague" and self.lowers[i - 1] == "of"):
            end = self.partitive(phrase, i if self.lowers[i - 1] != "of" else i - 1)
            phrase.end = end or quantity.end
        else:
            while i < len(self.words) and self.lowers[i] in ("of", "the", "such"):
                i += 1
            # `a guard and two clerks, four total`
            end = i if self.lower(i) in cues("in_all") else self.content(phrase, i)
            phrase.end = max(end, quantity.end)
            if phrase.people is not None and not phrase.plural and quantity.low > 1 and self.splits(phrase, i):
                # `injured seven Homs Governor … said`: punctuation lost, the name is no part of the phrase
                phrase.people, phrase.head, phrase.end, phrase.named = None, None, quantity.end, False
            self.classify(phrase)
        phrase.end = self.of_tail(phrase, phrase.end) if phrase.kind != "elided" else phrase.end
        phrase.end = self.joined(phrase)
        return phrase

    def joined(self, phrase: Phrase) -> int:
        """`15 women and children`: one number over two bare plurals."""
        i = phrase.end
        if phrase.kind == "people" and phrase.plural and i + 1 < len(self.words) and self.lowers[i] in ("and", "or"):
            found = self.compound(i + 1)
            if found is not None and found[0].plural and self.lowers[i + 1] != "others":
                phrase.people = _both(phrase.people, found[0])
                return found[1]
        return i

    def from_determiner(self, i: int) -> Phrase | None:
        classes = self.classes(i)
        det = next(d for d in ("a", "no", "the", "poss") if d in classes)
        phrase = Phrase(i, i, det, "elided", own_start=i)
        if self.lowers[i : i + 2] == ["no", "one"]:
            phrase.end = i + 2
            return phrase
        j = i + 1
        while j < len(self.words) and (self.classes(j) & {"ordinal", "adverb"}) and j not in self.by_start:
            j += 1
        if j in self.by_start:
            return None
        ends = self.classes(j + 1) or j + 1 in self.trigger_at or not self.lower(j + 1)[:1].isalnum()
        if self.lower(j) in cues("participle_person") and ends:
            # `shot and killed the accused and injured another`
            phrase.people, phrase.head, phrase.end = PeopleWord("unknown", False, None, None), j, j + 1
            return self.classify(phrase)
        end = self.content(phrase, j)
        if end == j and det == "a" and j > i + 1 and "ordinal" in self.classes(j - 1):
            # `three were killed and a fourth was injured`
            phrase.end = j
            return phrase
        if end == j:
            elided = phrase.det in ("a", "no") and self.lowers[i] in ("another", "one", "none", "nobody")
            phrase.end = max(j, i + 1)
            return phrase if elided else None
        phrase.end = self.of_tail(phrase, end)
        self.adopt_tail(phrase, end)
        if det == "a":
            phrase.plural = False
            if phrase.people is not None and phrase.people.status == "family" and self.lower(end) == "of" and end + 1 in self.by_start:
                phrase.quantity, phrase.plural = self.by_start.pop(end + 1), True
                phrase.end = phrase.quantity.end
        return self.classify(phrase)

    def phrases(self) -> list[Phrase]:
        """Return the phrases in order; they don't overlap."""
        found: list[Phrase] = []
        i = 0
        while i < len(self.words):
            phrase = self.at(i) or (self.capital_name(i) if self.all_caps else None)
            if phrase is None:
                trigger = self.trigger_at.get(i)
                i = trigger.end if trigger is not None else i + 1
                continue
            found.append(phrase)
            i = max(phrase.end, i + 1)
        return found

    def at(self, i: int) -> Phrase | None:
        """The phrase that starts at token i."""
        if i in self.by_start:
            return self.from_quantity(self.by_start[i])
        if i + 1 in self.by_start and self.classes(i) & {"the", "poss", "a"}:
            # `the two women`, `his three sons`
            phrase = self.from_quantity(self.by_start[i + 1])
            if phrase is not None:
                phrase.start = i
            return phrase
        if i in self.trigger_at and not (self.person(i) and self.trigger_at[i].form not in ("noun", "adjective")):
            return None
        classes = self.classes(i)
        if self.lower(i) == "that" and (self.is_name(i + 1) or self.classes(i + 1) & {"a", "no", "the", "poss"}):
            # `said that Bell died`, `said that no soldier was wounded`: it opens a clause and points at nobody
            return None
        if classes & {"a", "no", "the", "poss"}:
            return self.from_determiner(i)
        if "pronoun_one" in classes or "pronoun_object" in classes:
            return Phrase(i, i + 1, "pronoun", "people", head=i, own_start=i)
        if classes & STOP:
            return None
        if self.compound(i) is not None or (not self.is_name(i) and self.leads_to_people(i)):
            phrase = Phrase(i, i, "bare", "unknown", own_start=i)
            phrase.end = self.of_tail(phrase, self.content(phrase, i))
            return self.classify(phrase)
        end = self.name(i)
        # `Total casualties`: a capital at the start of a sentence makes no name
        noun_follows = end in self.trigger_at and self.trigger_at[end].form in ("noun", "toll", "noun_of")
        kin_follows = bool(self.classes(2) & {"poss"}) and self.person(3) is not None  # `Bell, his brother, and …`
        # `Bell, Stone and Reed were killed`; `Sadly, Bell and Stone …`
        names_follow = self.is_name(2) and self.lower(self.name(2)) in (",", "and") and not self.lower(0).endswith("ly")
        told = kin_follows or names_follow or self.is_office(2)
        adverbial = i == 0 and end == 1 and (noun_follows or (self.lower(1) == "," and not told))
        if end > i and not adverbial:
            return self.from_name(i, end)
        return None

    def from_name(self, i: int, end: int) -> Phrase:
        phrase = Phrase(i, end, "name", "people", head=end - 1, named=True, own_start=i)
        # `Clearwater boy`, `Grand Mosque Imam`, `Islamic State fighters`: the name only modifies a noun for people
        found = self.compound(end)
        owner = self.lower(end) in ("'s", "’s") and end + 1 not in self.trigger_at
        noun = (
            self.lower(end).isalpha()
            and not self.classes(end)
            and end not in self.trigger_at
            and end not in self.by_start
            and not self.lower(end).endswith("ed")
        )
        if found is not None or owner or (noun and not self.title_case):
            phrase = Phrase(i, i, "bare", "unknown", own_start=i)
            phrase.end = self.of_tail(phrase, self.content(phrase, i))
            return self.classify(phrase)
        if end - i > 1 and (self.lowers[end - 1] in cues("institution") or self.lowers[i] == "hotel") and self.lower(end) != "(":
            # `a student of Burke High School was shot`; hotels are named behind the noun, too
            phrase.kind, phrase.named = "thing", False
        return phrase


def people(document: Document) -> Document:
    """Fill `marks[sentence].phrases` of every sentence that passed the gate."""
    for index, marks in document.marks.items():
        marks.phrases = _Chunker(document.sentences[index], marks).phrases()
    return document
