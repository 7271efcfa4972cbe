"""The words of one sentence, looked up: classes, nouns for people, names.

Belongs here: what a single token or run of tokens is. Keep out: the phrases they make (`people.py`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.reading.document import Sentence
from transforms.reading.marks import Marks, Phrase, Quantity, Trigger
from transforms.reading.senses import weak_senses
from transforms.reading.traps import things
from transforms.reading.vocabulary import FUNCTION_CLASSES, PeopleWord, cues, function_words, is_people_like, people_words

# Classes that end a noun phrase: all but those that stand inside one, or are met elsewhere
STOP = FUNCTION_CLASSES - {"ordinal", "pronoun_object", "say"}
_NONE = frozenset[str]()
# in capitals these are names, not words: a UP chairman is of the Union Parishad
_INITIALISMS = frozenset({"US", "UP"})
_AGED = re.compile(r"(\w+)[-\u2010\u2011\u2013](year|month|week|day)s?[-\u2010\u2011\u2013]old$")
# `al-Khid`, `ez-Zor`: a name with its article
_ARTICLE_NAME = re.compile(r"[aeAE][a-z]{1,2}-[A-Z]")


@lru_cache(maxsize=1)
def _compound_starts() -> frozenset[str]:
    return frozenset(term.split()[0] for term in people_words() if " " in term)


def aged_person(lower: str) -> PeopleWord | None:
    """`a 2-year-old`: a person, and a child below 18 years."""
    match = _AGED.match(lower) if lower.endswith("old") else None
    if match is None:
        return None
    child = not (match.group(2) == "year" and match.group(1).isdigit() and int(match.group(1)) >= 18)
    return PeopleWord("civilian" if child else "unknown", False, None, "children" if child else None)


class Words:
    """The tokens of one sentence with what the lexicons and earlier steps know of them."""

    def __init__(self, sentence: Sentence, marks: Marks) -> None:
        self.words, self.lowers = sentence.words, sentence.lowers
        self.functions, self.people, self.things = function_words(), people_words(), things()
        self.by_start: dict[int, Quantity] = {q.start: q for q in marks.quantities}
        self.trigger_at: dict[int, Trigger] = {t.start: t for t in marks.triggers}
        self.trigger_ending: dict[int, Trigger] = {t.end: t for t in marks.triggers}
        letters = [w for w in self.words if w.isalpha() and len(w) > 1]
        self.all_caps = bool(letters) and sum(w.isupper() for w in letters) > 0.6 * len(letters)
        # a headline in title case says nothing about names
        self.title_case = bool(letters) and sum(w[0].isupper() for w in letters) > 0.6 * len(letters)

    def classes(self, i: int) -> frozenset[str]:
        if i >= len(self.lowers) or (self.words[i] in _INITIALISMS and not self.all_caps):
            return _NONE
        return self.functions.get(self.lowers[i], _NONE)

    def person(self, i: int) -> PeopleWord | None:
        if i >= len(self.lowers):
            return None
        return self.people.get(self.lowers[i]) or aged_person(self.lowers[i])

    def compound(self, i: int) -> tuple[PeopleWord, int] | None:
        """The people noun that starts at token i: of three, two or one word; with where it ends."""
        for length in (3, 2) if i < len(self.lowers) and self.lowers[i] in _compound_starts() else ():
            if i + length <= len(self.lowers):
                word = self.people.get(" ".join(self.lowers[i : i + length]))
                if word is not None:
                    return word, i + length
        single = self.person(i)
        return (single, i + 1) if single is not None else None

    def is_name(self, i: int) -> bool:
        """Whether token i can be part of a person's name."""
        if self.all_caps or i >= len(self.words) or i in self.by_start:
            return False
        word = self.words[i]
        if not (word[0].isupper() or _ARTICLE_NAME.match(word)):
            return False
        following = self.words[i + 1] if i + 1 < len(self.words) else ""
        # `Sales shot up` is no name; `Law was killed` and `U Aung` are
        if (len(word) == 1 and not following[:1].isupper()) or (
            i == 0 and self.lowers[i] in self.things and not self.classes(1) & {"be", "have"}
        ):
            return False
        if not any(c.isalpha() for c in word) or self.lowers[i] in cues("no_name"):
            return False
        return not (self.classes(i) & (STOP - {"verb", "time"})) and self.person(i) is None and i not in self.trigger_at

    def name(self, i: int) -> int:
        """End of the name that starts at token i (i itself when there is none)."""
        end = i
        while end < len(self.words) and end < i + 7:
            if (
                self.is_name(end)
                or (end > i and self.lowers[end] in cues("name_particle") and self.is_name(end + 1))
                or (end > i and self.is_surname(end))
                or (end > i and self.words[end] == "." and len(self.words[end - 1]) <= 3 and self.is_name(end + 1))
            ):
                end += 1
            else:
                break
        return end

    def is_surname(self, i: int) -> bool:
        """`Ahmed Said and his brother`: a capital inside a sentence makes a verb of saying a name."""
        return self.words[i][0].isupper() and "say" in self.classes(i) and not self.title_case and not self.all_caps

    def lower(self, i: int) -> str:
        return self.lowers[i] if 0 <= i < len(self.lowers) else ""

    def leads_to_people(self, i: int) -> bool:
        """`labor union leader`, `21-year-old Jane`, `village’s elder`: unlisted words before a noun for people."""
        for j in range(i, min(i + 4, len(self.words))):
            if j > i and self.person(j) is not None:
                return True
            if self.lowers[j].endswith("-old") and (self.is_name(j + 1) or self.person(j + 1)):
                return True
            possessive = self.lowers[j] in ("'s", "’s") and j > i
            if not possessive and (self.classes(j) or j in self.by_start or j in self.trigger_at or not self.lowers[j][:1].isalnum()):
                return False
            if not possessive and self.lowers[j].endswith(("ed", "ing", "ly")):
                return False
        return False

    def is_plain_noun(self, i: int) -> bool:
        """Whether a word that may be a noun, and is none for people, stands at token i: no function word, verb, mark or outcome."""
        free = self.lower(i).isalpha() and not self.classes(i) and i not in self.trigger_at and i not in self.by_start
        return free and self.compound(i) is None and not is_people_like(self.lower(i)) and not self.lower(i).endswith("ed")

    def is_name_of_thing(self, i: int) -> bool:
        """`the film Red Monday`: capitals right behind a noun for a thing are its name, and no one's."""
        noun = self.words[i - 1].islower() and "thing" in self.things.get(self.lowers[i - 1], _NONE)
        return noun and self.is_name(i) and not self.all_caps and not self.title_case and not self.name_leads_on(i)

    def splits(self, phrase: Phrase, i: int) -> bool:
        """Whether a singular behind a name goes with no number before it (`two Iraqi police` does)."""
        head = self.lowers[phrase.head] if phrase.head is not None else ""
        initialism = self.words[i].isupper()  # `3 TMF fighter`: a plural that lost its s
        return self.is_name(i) and not initialism and not self.title_case and head not in cues("counts_nobody")

    def is_unlisted(self, i: int) -> bool:
        lower = self.lowers[i]
        known = self.classes(i) or lower in self.things or self.person(i) or i in self.trigger_at or i in self.by_start
        return lower.isalpha() and len(lower) > 1 and not known and not lower.endswith(("ing", "ly", "tion"))

    def name_leads_on(self, i: int) -> bool:
        """Whether the capitalised words from token i only modify a noun for people that follows them."""
        end = self.name(i)
        if end + 2 < len(self.words) and self.lowers[end] == "(" and self.lowers[end + 2] == ")":
            end += 3
        return self.person(end) is not None

    def capital_name(self, i: int) -> Phrase | None:
        """In upper-case text: unlisted words right behind `murder of`, `killed`, or before `, 25, was killed`, are a name."""
        end = i
        while end < min(i + 6, len(self.words)) and self.is_unlisted(end):
            end += 1
        if end - i < 2:
            return None
        before = self.trigger_ending.get(i) or (self.trigger_ending.get(i - 1) if self.lower(i - 1) == "of" else None)
        weak = before is not None and before.form == "base" and " ".join(self.lowers[before.start : before.end]) in weak_senses()
        # `WEATHER HURTS ITALIAN ORANGES`
        object_of = before is not None and not weak and before.form not in ("adjective", "intransitive", "group", "toll")
        if not object_of and not self.capital_subject(i, end):
            return None
        return Phrase(i, end, "name", "people", head=end - 1, named=True, own_start=i)

    def capital_subject(self, i: int, end: int) -> bool:
        """`RITA SOL, 25, WAS INJURED`, `AND DINO AGER WERE KILLED`: an upper-case name that a passive singular follows."""
        if i > 0 and self.lower(i - 1) not in (",", "and", "that", "]", "-", "–"):
            return False
        if self.lower(end) == "," and self.lower(end + 1).isdigit() and self.lower(end + 2) == ",":
            end += 3
        if self.lower(end) not in ("was", "were"):
            return False
        return any(t.group_start == end and t.outcome in ("killed", "injured", "abducted") for t in self.trigger_at.values())

    def is_office(self, i: int) -> bool:
        """`Bell, a police officer, was injured`: what a name is, closed by a comma; not of `Today, a clerk was killed`."""
        if not self.classes(i) & {"a"} or self.lower(0).endswith("ly") or self.classes(0):
            return False
        found = self.compound(i + 1)
        return found is not None and not found[0].plural and self.lower(found[1]) == "," and "be" in self.classes(found[1] + 1)
