"""Which figures give the account that an article follows, and which another account of the same event or an earlier crime.

`Three soldiers were killed. The group claimed 15 dead`: the second is another party's account of the same event and adds nothing
to the first. `Three men suspected of killing a clerk were lynched`: the clerk is what they are said to have done before.

Belongs here: that choice. Keep out: days, protests and periods (`main_incident.py`), restatements (`totals.py`).
"""

from __future__ import annotations

from itertools import pairwise

from transforms.reading.document import Document, Figure
from transforms.reading.totals import SUMMARY_SENTENCES
from transforms.reading.vocabulary import cues

_REACH = 7  # tokens from `suspected` to the outcome word it governs
_ANSWER = 12  # tokens from `retaliation for` to the number
_BEHIND = 8  # tokens behind a number and its outcome in which `a week ago` stands
_GROUP = 5  # tokens of a verb group: `had just been killed`
_OF = frozenset({"of", "for", "with", "to"})  # not of `suspected rebels killed eight`


def followed(figures: list[Figure], document: Document) -> list[Figure]:
    """Return the figures of one outcome that count where others are another account; all of them where there is nothing else.

    Short texts only: a long article sets several accounts side by side and says again what it follows.
    """
    if len(figures) < 2 or len(document.sentences) > SUMMARY_SENTENCES:
        return figures
    first = figures[0]
    followed_party = first.source_text if first.stance != "claimed" else None
    of_the_first = [f is first or (f.source_text is not None and f.source_text == followed_party) for f in figures]
    pairs = zip(figures, of_the_first, strict=True)
    own = [f for f, same in pairs if not (_is_other_account(f, document, same) or _is_accusation(f, document))] or figures
    here = own[0].sentence_index
    return [f for f in own if not _is_other_event(f, document) and (f.sentence_index == here or not _is_of_another(f, document))] or own


def _is_other_account(figure: Figure, document: Document, of_the_first: bool) -> bool:
    """A party's claim, an armed group's own count behind a first one, or what `some reports` say."""
    if figure.stance == "claimed" or (figure.source_kind == "armed_group" and not of_the_first):
        return True
    before = document.sentences[figure.sentence_index].lowers[: figure.quantity_tokens[0]]
    group = not of_the_first and (figure.source_text or "").lower().split()[-1:] == ["group"]
    # `The Front claimed responsibility for killing an officer`
    near = before[-_REACH:]
    claims = not of_the_first and "," not in near and any(one in cues("responsibility") and two == "for" for one, two in pairwise(near))
    return group or claims or any(one in cues("some_account") and two in cues("other_account") for one, two in pairwise(before))


def _is_accusation(figure: Figure, document: Document) -> bool:
    """`suspected of killing a clerk`, `accused the man of the murder of two`: said of an earlier deed."""
    first = figure.outcome_tokens[0]
    near = document.sentences[figure.sentence_index].lowers[max(0, first - _REACH) : first + 1]
    accused = any(word in cues("accused_of") and (near[i + 1] in _OF or i + 2 == len(near)) for i, word in enumerate(near[:-1]))
    named = near[-2:-1] == ["of"] and not cues("accused_of").isdisjoint(near)
    return figure.rule in ("active", "noun_of") and (accused or named)


def _is_other_event(figure: Figure, document: Document) -> bool:
    """An attack that the sentence sets apart from the one told of: in time, in number, or as what it answers."""
    lowers = document.sentences[figure.sentence_index].lowers
    first, last = min(figure.quantity_tokens[0], figure.outcome_tokens[0]), max(figure.quantity_tokens[1], figure.outcome_tokens[1])
    before, behind = lowers[:first], lowers[last : last + _BEHIND]
    near = before[-_ANSWER:]
    # `in response to`, `a revenge attack for`
    answers = any(word in cues("answers") and {"for", "to"} & set(near[i + 1 : i + 3]) for i, word in enumerate(near))
    # `moved there after five of them had been killed`, `who had just killed two`
    group = lowers[max(0, figure.outcome_tokens[0] - _GROUP) : figure.outcome_tokens[0]]
    pluperfect = "had" in group and not cues("subordinate").isdisjoint(before)
    ago = any(unit in cues("apart_unit") and word in cues("ago") for unit, word in pairwise(behind))
    return answers or pluperfect or ago


def _is_of_another(figure: Figure, document: Document) -> bool:
    """`This second attack claimed two lives`, `Another blast in Orlen hurt ten`: an attack of its own beside the one told of."""
    before = document.sentences[figure.sentence_index].lowers[: max(figure.quantity_tokens[0], figure.outcome_tokens[0])]
    return any(one in cues("other_one") and not cues("attack_noun").isdisjoint(before[i + 1 : i + 3]) for i, one in enumerate(before))
