"""What the words around a name say of its bearer: harmed, held, a private source, related to somebody; or of an office.

Belongs here: evidence for one run, from the words beside it. Keep out: putting the evidence of an article together (`people.py`).
"""

from __future__ import annotations

import re
from functools import cached_property

from transforms.naming.runs import Run, Token
from transforms.naming.vocabulary import given_names, nationalities, persons, private_nouns, private_plurals, tables

_AGE_DIGITS, _OLDEST = 3, 110
_AGED = re.compile(r"(\d{1,3}|[a-z]+(?:-[a-z]+)?)-(?:year|month|week|day)s?-old")
_END = frozenset({".", ";", ":", "!", "?", "(", ")", "\n"})
MINOR_BELOW = 18
_LISTED = 10  # tokens of a list of single names
_COMPANIONS_WITHIN = 5  # tokens: `at least three other people`
_OWNED_WITHIN = 3  # tokens between whose they are and the kin: `her three elder daughters`


class Evidence:
    """Looks around the runs of one text."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.table = tables()

    @cached_property
    def related(self) -> frozenset[str]:
        """Nouns for one private person."""
        return private_nouns()

    @cached_property
    def nations(self) -> frozenset[str]:
        return nationalities() | {"the", "a", "an", "us", "u.s", "local", "former", "prominent", "young", "elderly"}

    def lower(self, i: int) -> str:
        return self.words[i].lower if 0 <= i < len(self.words) else ""

    def of(self, run: Run) -> set[str]:
        """Return the kinds of evidence: victim, detainee, minor, source, relative, office, rank, profession."""
        if self.is_modifier(run):
            return {"place"}
        found = self.titled(run) | self.behind(run) | self.ahead(run) | self.byline(run)
        if run.last - run.first == 1 and self.is_somebodys(run):
            found |= {"relative", "victim"}  # a single name with nothing else to tell it from a place's
        age = self.age(run)
        if age is not None:
            found.add("minor" if age < MINOR_BELOW else "aged")
        return found

    def titled(self, run: Run) -> set[str]:
        """From a title before the name, or an office in apposition behind it."""
        found = {kind for kind in ("office", "rank", "profession") if set(run.titles) & self.table[kind]}
        if self.of_title(run):
            found.add("office")
        i = run.last
        stop = i + 7
        if self.lower(i) in (",", "(") or (i < len(self.words) and self.words[i].text[0].isupper()):
            i += self.lower(i) in (",", "(")
            if self.lower(i) in ("a", "an", "the", "who", "their", "his") or self.lower(i) in self.office or self.words[i : i + 1]:
                for j in range(i, min(stop, len(self.words))):
                    if self.words[j].text in (",", ".", ";", ")", "(") or self.lower(j) in (
                        "of",
                        "for",
                        "said",
                        "was",
                        "and",
                        "in",
                        "told",
                        "is",
                    ):
                        break
                    if self.lower(j) in self.table["kin"]:
                        return found
                    found |= {kind for kind in ("office", "profession") if self.lower(j) in self.table[kind]}
        return found

    def of_title(self, run: Run) -> bool:
        """`Secretary of State Ann Doe`: an office with `of` before the name."""
        between = [self.words[j] for j in range(max(0, run.first - 6), run.first)]
        for n in range(len(between) - 1, -1, -1):
            if between[n].lower in self.table["office"]:
                return n < len(between) - 1 and between[n + 1].lower in ("of", "for")
            if between[n].lower not in self.table["of_title"] and not between[n].text[0].isupper():
                return False
        return False

    def byline(self, run: Run) -> set[str]:
        """`By Ann Doe`, `reporting by`, `Photo: … / Ann Doe`: who wrote or photographed."""
        ahead, before = self.lower(run.first - 1), self.lower(run.first - 2)
        writes = ahead == "by" and (before in self.table["byline"] or self.words[run.first - 1].text in ("By", "BY"))
        writes = writes or (
            ahead in ("/", ":")
            and {self.lower(k) for k in range(run.first - 6, run.first)} & {"photo", "photos", "photograph", "credit", "image"} != set()
        )
        return {"profession"} if writes else set()

    @cached_property
    def office(self) -> frozenset[str]:
        return self.table["office"] | self.table["rank"] | self.table["profession"]

    def age(self, run: Run) -> int | None:
        """The age printed beside the name, in years: `Ann Doe, 24,`, `(60 years old)`, `24-year-old Ann Doe`."""
        i = run.last
        number = self.lower(i + 1)
        if self.lower(i) in (",", "(") and number.isdecimal() and len(number) <= _AGE_DIGITS and int(number) <= _OLDEST:
            after = (",", ")", ";", "", "years", "year", "and", "of", "was", "from", "who", "is")
            return int(number) if self.lower(i + 2) in after or self.closes(i + 2) else None
        if self.lower(i) in (",", "("):
            aged = self.aged(i + 1 + (self.lower(i + 1) in ("a", "an", "the")))
            if aged is not None:
                return aged
        i = run.first - 1
        while i > run.first - 4 and (self.lower(i) in self.related or self.lower(i) in run.titles):
            i -= 1
        return self.aged(i)

    def closes(self, i: int) -> bool:
        return i >= len(self.words) or self.words[i].text in _END

    def aged(self, i: int) -> int | None:
        """The age that token i states: `24-year-old`."""
        match = _AGED.fullmatch(self.lower(i))
        if match is None:
            return None
        if "year" not in self.lower(i):
            return 0
        return int(match.group(1)) if match.group(1).isdigit() else MINOR_BELOW

    def is_modifier(self, run: Run) -> bool:
        """Whether the run only tells where or which: `in Elkhart`, `an Elkhart boy`, `Elkhart police`, `the SUV`."""
        ahead, behind = self.lower(run.first - 1), self.lower(run.last)
        printed_low = run.last < len(self.words) and self.words[run.last].text[0].islower()
        noun = printed_low and (behind in self.nouns) and behind not in self.table["harmed"] | self.table["held"]
        single = run.last - run.first == 1
        if not run.titles and ahead in ("the", "a", "an"):
            return True
        if single and ahead == "of" and self.lower(run.first - 2) not in self.table["of_harm"]:
            return True
        return (single and (noun or ahead in self.table["place_ahead"])) or (ahead in ("in", "near", "at") and not run.titles)

    @cached_property
    def nouns(self) -> frozenset[str]:
        return persons() | self.table["kin"] | self.table["office"] | self.table["rank"] | {"police", "family", "area", "home", "hospital"}

    def behind(self, run: Run) -> set[str]:
        """From what follows the name."""
        i = run.last
        if self.lower(i) in ("'s", "’s", "'", "’"):
            owned = {self.lower(i + 1), self.lower(i + 2)} & self.table["owned"]
            return {"relative"} if owned and run.last - run.first > 1 else set()
        found = set[str]()
        if self.lower(i) in self.table["speech"]:
            found.add("source")
        if self.lower(i) in (",", "("):
            found |= self.apposition(i + 1)
        i = self.past_apposition(i)
        if run.last - run.first > 1 or self.is_given(run):
            together = self.past_companions(i)
            if together > i and self.lower(together) in self.table["speech"]:
                found.add("source")
            i = together
        for j in range(i, min(i + 6, len(self.words))):
            lower = self.lower(j)
            alone = j == i and lower not in self.table["intransitive"]
            if lower in self.table["harmed"] and (not alone or self.lower(j + 1) in self.table["behind_participle"]):
                found.add("victim")
            elif lower in self.table["held"] and not alone:
                found.add("detainee")
            if lower not in self.table["be_like"] and not lower.endswith("ly"):
                break
        return found

    def past_apposition(self, i: int) -> int:
        """The token behind `, 24, of Town,` or `(24)`; i where there is none."""
        if self.lower(i) not in (",", "("):
            return i
        closing = "," if self.lower(i) == "," else ")"
        for j in range(i + 1, min(i + 12, len(self.words))):
            if self.lower(j) == closing and self.lower(j + 1) not in ("of", "jr"):
                return j + 1
            if self.words[j].text in (".", ";", "\n"):
                break
            if self.lower(j) == "who":
                return j
        return i

    def past_companions(self, i: int) -> int:
        """The token behind `and his brother`, `, his wife and their two children`, `along with three others`; i where there is none."""
        end = i
        joins = self.table["companion_join"] | {","}
        while self.lower(end) in joins:
            j = end
            while self.lower(j) in joins:
                j += 1
            last = next((k for k in range(j, j + _COMPANIONS_WITHIN) if self.lower(k) in self.companions), None)
            if last is None or not all(word.text[0].islower() or word.text[0].isdigit() for word in self.words[j:last]):
                break
            end = last + 1
            while self.lower(end) in self.companions:
                end += 1
        return end

    @cached_property
    def companions(self) -> frozenset[str]:
        """Nouns for people beside a named one."""
        return self.table["kin"] | self.related | private_plurals() | self.table["companion"]

    def apposition(self, i: int) -> set[str]:
        """`, a neighbor`, `, the victim's mother`, `, who lives nearby`."""
        if self.lower(i) == "who":
            lives = self.lower(i + 1) in ("lives", "lived", "witnessed", "saw", "heard", "knew") or self.lower(i + 2) in ("lived", "known")
            return {"source"} if lives else set()
        if self.lower(i) not in ("a", "an", "the", "another", "one", *self.table["owner"]) and self.lower(i) not in self.related | {
            "injured",
            "wounded",
            "missing",
        }:
            return set()
        for j in range(i, min(i + 7, len(self.words))):
            if self.words[j].text in _END or self.words[j].text == ",":
                break
            if self.lower(j) in self.office:
                return set()
            if self.lower(j) in self.table["kin"]:
                return {"relative"}
            if self.lower(j) in self.table["private_role"]:
                return {"source"}
            if self.lower(j) in self.related and self.lower(j) in self.table["described"]:
                return {"victim"}
            if self.lower(j) in ("injured", "wounded", "killed", "missing", "deceased"):
                return {"victim"}
        return set()

    def ahead(self, run: Run) -> set[str]:
        """From what stands before the name."""
        i = run.first - 1
        while i >= 0 and (self.lower(i) in run.titles or (self.words[i].text in ('"', "“") and i == run.first - 1)):
            i -= 1
        if run.titles:
            while i > 0 and (
                self.lower(i) in self.nations
                or (self.words[i].text.isupper() and 2 < len(self.words[i].text) < 6 and self.lower(i) not in self.table["of_title"])
            ):
                i -= 1
        last, before = self.lower(i), self.lower(i - 1)
        while (
            last in (":", "by", "as", ",", "only", "to", "were", "are", "is", "was", "include", "includes", "included", "including")
            and i > 0
        ):
            if last in (":", "as", "were", "are", "is", "was") and self.names_somebody(i - 1):
                return {"victim"}
            if last in (":", ",", "is", "was", "include", "including", "includes", "included", "are", "were"):
                break
            if last == "by":
                return {"source"} if {self.lower(k) for k in range(i - 4, i)} & self.table["posted"] else set()
            i -= 1
            last, before = self.lower(i), self.lower(i - 1)
        return self.noun_ahead(i, last, before, run)

    def noun_ahead(self, i: int, last: str, before: str, run: Run) -> set[str]:
        if last == ",":
            last, before = self.lower(i - 1), self.lower(i - 2)
            if last in self.table["kin"]:
                return {"relative", "victim"} if self.lower(run.last) == "," else {"relative"}
            return {"victim"} if last in ("victim", "deceased", "suspect") else set()
        if last in self.table["identify"]:
            return {"victim"} if last == "named" or last == "identified" else set()
        if last == "of" and before in self.table["of_harm"]:
            return {"victim"} if run.last - run.first > 1 or before in ("death", "killing", "murder", "body") else set()
        if last in ("for", "with", "from", "to") and before in self.table["mourned"]:
            return {"victim"}
        if last in self.table["harming"]:
            sure = last not in self.table["doubtful_harming"] or self.is_given(run)
            return {"victim"} if sure else set()
        if last == "against" and before in self.table["charged_with"]:
            return {"detainee"}
        if last in self.table["holding"]:
            return {"detainee"}
        if last in self.table["kin"]:
            clergy = last in self.table["ambiguous_kin"] and self.words[i].text[0].isupper()
            religious = clergy and before not in self.table["owner"] | {"", ".", '"', "“"}
            return {"profession"} if religious else {"relative"}
        if last in self.table["posted"] and last != "x":
            return {"source"}
        if last in self.table["speech"]:
            return {"source"}
        if last in self.table["private_role"]:
            return {"source"}
        if last in self.related:
            return {"victim"}
        return {"victim"} if last in private_plurals() and self.is_given(run) else set()

    def is_somebodys(self, run: Run) -> bool:
        """`her son Mateo`, `Ixcoy's daughter Juana`, and each of `her three daughters, Lina, Maha and Sahar`."""
        i = run.first - 1
        kin = self.lower(i)
        if kin in (",", "and", "&", ":"):
            while i > run.first - _LISTED and (self.lower(i) in (",", "and", "&", ":") or self.words[i].text[:1].isupper()):
                i -= 1
            kin = self.lower(i)
            if not kin.endswith(("s", "children")):
                return False  # `her son, Homs and Aleppo`
        if kin not in self.table["kin"]:
            return False
        owners = self.table["owner"] | {"'s", "’s", "'", "’"}
        return any(self.lower(j) in owners for j in range(i - _OWNED_WITHIN, i))

    def is_given(self, run: Run) -> bool:
        return any(self.lower(k) in given_names() for k in range(run.first, run.last))

    def names_somebody(self, i: int) -> bool:
        """Whether `identified … as` or `victims were` stands at token i or a few words before it."""
        for j in range(i, max(-1, i - 7), -1):
            if self.words[j].text in _END:
                return False
            if self.lower(j) in ("identified", "named", "known", "referred"):
                return True
            if self.lower(j) == "name" and self.lower(j - 1) in self.table["owner"]:
                return True  # `gave his name only as`
            if self.lower(j) in self.table["introduce"] and i - j < 2:
                return True
        return False
