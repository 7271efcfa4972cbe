"""Zero: `no casualties`, `nobody was hurt`, `without injuring anyone`, `did not cause any deaths`.

Belongs here: recognising that an outcome word says nobody. Keep out: stance (`no casualties were reported` is settled by
`attribution.py`).
"""

from __future__ import annotations

from transforms.reading.arguments import Clause
from transforms.reading.clause import HARD, JOINERS
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.vocabulary import cues

_ALL_REACH = 9  # tokens from `all` to the word that says they are safe
_NOUNS = frozenset({"noun", "noun_of", "bodies"})


def _single(start: int, end: int) -> Phrase:
    return Phrase(start, end, "no", "elided", own_start=start)


def _noun(clause: Clause, trigger: Trigger) -> Phrase | None:
    """`no casualties`, `no deaths or injuries`, `without any casualties`, `no reports of casualties`."""
    if clause.lower(trigger.end) in cues("compound"):
        # `has not given any casualty figures`
        return None
    i = trigger.start - 1
    for _ in range(6):
        word = clause.lower(i)
        if word in ("no", "zero", "without") or (word == "any" and _negated_before(clause, i)):
            return _single(i, i + 1)
        if word not in cues("causing") and "adverb" not in clause.classes(i):
            return None
        i -= 1
    return None


def _negated_before(clause: Clause, i: int) -> bool:
    return any("not" in clause.classes(j) for j in range(max(0, i - 5), i))


def _verb(clause: Clause, trigger: Trigger) -> Phrase | None:
    """`nobody was hurt`, `did not injure anyone`, `without injuring anyone`, `none of the passengers were injured`."""
    following = trigger.end
    if clause.lower(following) in cues("any"):
        for j in range(max(0, trigger.group_start - 2), trigger.start + 1):
            if "not" in clause.classes(j) or clause.lower(j) == "without":
                return _single(following, following + 1)
    i = trigger.group_start - 1
    for _ in range(8):
        if clause.lower(i) in cues("none"):
            return _single(i, i + 1)
        phrase = clause.ending.get(i + 1)
        if phrase is not None and phrase.quantity is not None and clause.lowers[phrase.start - 1 : phrase.start + 1] == ["not", "one"]:
            return _single(phrase.start - 1, phrase.start + 1)
        if phrase is not None and phrase.det == "a" and clause.lower(phrase.start - 1) == "not":
            # `not a single person was killed`
            return _single(phrase.start - 1, phrase.start + 1)
        if phrase is not None and phrase.det == "no" and phrase.kind in ("people", "elided"):
            # `no soldier was wounded` tells of soldiers
            return phrase if phrase.kind == "people" else _single(phrase.own_start, phrase.own_start + 1)
        if phrase is not None and (phrase.quantity is None or clause.lower(phrase.start - 1) == "of"):
            # the second: `none of the 12 passengers was hurt`, `neither of the two`
            i = phrase.start - 1
            continue
        if clause.lower(i) not in (
            "of",
            "was",
            "were",
            "reported",
            "one",
            "or",
            "either",
            "and",
            "else",
            "killed",
            "injured",
            "hurt",
            "the",
            "them",
            "people",
        ) and not ("adverb" in clause.classes(i) or "be" in clause.classes(i)):
            return None
        i -= 1
    return None


def zero_phrase(clause: Clause, trigger: Trigger) -> Phrase | None:
    """Return the phrase that says nobody (`no`, `nobody`, `without`, `anyone` after a negation), else None."""
    if trigger.form in _NOUNS:
        return _noun(clause, trigger)
    if trigger.form in ("group", "lives", "toll", "loss"):
        # `gave no death toll`, `did not lose any votes`: nothing is said of how many people
        return None
    return _verb(clause, trigger)


def all_safe(clause: Clause, trigger: Trigger) -> Phrase | None:
    """`all passengers escaped unharmed`, `everyone survived`: the word that says so; None where it is not said of all."""
    if trigger.negated or trigger.hypothetical:
        return None
    for i in range(trigger.group_start - 1, max(-1, trigger.group_start - 1 - _ALL_REACH), -1):
        if clause.lower(i) in cues("everybody"):
            return None if clause.lower(i + 1) in ("but", "except") else _single(trigger.end - 1, trigger.end)
        if clause.lower(i) in JOINERS | HARD or i in clause.trigger_start:
            return None
    return None
