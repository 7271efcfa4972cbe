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
_BEHIND = 12  # tokens behind a number and its outcome in which `a week ago` stands
_RELATIVE = 20  # tokens from `responding to` to the outcome word
_SUBJECT = 4  # tokens from the start of a sentence to its verb: `This attack follows …`
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
    of_one_deed = [(f, same) for f, same in pairs if not is_accusation(f, document)]
    own = [f for f, same in of_one_deed if not _is_other_account(f, document, same)] or [f for f, _ in of_one_deed] or figures
    here = own[0].sentence_index
    others = [f for f in own if _is_other_event(f, document) or (f.sentence_index != here and _is_of_another(f, document))]
    others += [f for f in own if any(_is_same_again(f, other, document) for other in others)]
    return [f for f in own if not any(f is other for other in others)] or own


def of_main_event(figures: list[Figure], document: Document) -> list[Figure]:
    """Return the figures, of whatever outcome, that are of the event itself; all where every one is of another.

    `No one was hurt. The group struck in response to the death of a trader`: the trader is no casualty of this attack.
    Short texts only.
    """
    if len(document.sentences) > SUMMARY_SENTENCES:
        return figures
    others = [f for f in figures if _is_other_event(f, document) or is_of_series(f, document)]
    return [f for f in figures if not any(f is other for other in others)] or figures


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


def is_accusation(figure: Figure, document: Document) -> bool:
    """`suspected of killing a clerk`, `accused the man of the murder of two`: said of an earlier deed."""
    first = figure.outcome_tokens[0]
    near = document.sentences[figure.sentence_index].lowers[max(0, first - _REACH) : first + 1]
    accused = any(word in cues("accused_of") and (near[i + 1] in _OF or i + 2 == len(near)) for i, word in enumerate(near[:-1]))
    far = document.sentences[figure.sentence_index].lowers[max(0, first - _RELATIVE) : first]
    at = next((i for i, pair in enumerate(pairwise(far)) if pair == ("in", "which")), None)
    if (
        at is not None
        and figure.rule == "passive"
        and "," not in far[at:]
        and any(one in cues("accused_of") and two == "of" for one, two in pairwise(far[:at]))
    ):
        # `a man accused of joining in a raid in which a clerk was killed`
        return True
    named = near[-2:-1] == ["of"] and not cues("accused_of").isdisjoint(near)
    return figure.rule in ("active", "noun_of") and (accused or named)


def _is_other_event(figure: Figure, document: Document) -> bool:
    """An attack that the sentence sets apart from the one told of: in time, in number, or as what it answers."""
    lowers = document.sentences[figure.sentence_index].lowers
    first, last = min(figure.quantity_tokens[0], figure.outcome_tokens[0]), max(figure.quantity_tokens[1], figure.outcome_tokens[1])
    before, behind = lowers[:first], lowers[last : last + _BEHIND]
    near = before[-_ANSWER:]
    # `in response to`, `a revenge attack for`
    answers = any(word in cues("answers") and {"for", "to", "against"} & set(near[i + 1 : i + 3]) for i, word in enumerate(near))
    answers = answers or not cues("avenges").isdisjoint(near) or not cues("follows").isdisjoint(before[:_SUBJECT])
    # `moved there after five of them had been killed`, `who had just killed two`
    group = lowers[max(0, figure.outcome_tokens[0] - _GROUP) : figure.outcome_tokens[0]]
    pluperfect = "had" in group and not cues("subordinate").isdisjoint(before)
    ago = any(
        (one in cues("apart_unit") and other in cues("ago")) or (one in cues("before_this") and other in cues("apart_unit"))
        for one, other in pairwise(behind)
    )
    past = any(before[i : i + 3] == ["in", "the", "past"] for i in range(len(before)))
    return answers or pluperfect or ago or past or _is_mourned(lowers, figure) or _is_of_earlier(lowers, figure) or _is_in_earlier(before)


def _is_mourned(lowers: list[str], figure: Figure) -> bool:
    """`attacked the funeral of a trader who was killed`, `on the way to the funerals of two clerks who were murdered`."""
    near = lowers[max(0, figure.outcome_tokens[0] - _RELATIVE) : figure.outcome_tokens[0]]
    at = next((i for i, word in enumerate(near) if word in cues("mourning")), None)
    return at is not None and not {"who", "whose", "when"}.isdisjoint(near[at:])


def is_of_series(figure: Figure, document: Document) -> bool:
    """`This was one of five attacks in which 43 were killed`, `In total, the attacks killed 152`: the toll of a day of attacks."""
    lowers = document.sentences[figure.sentence_index].lowers[: max(figure.quantity_tokens[0], figure.outcome_tokens[0])]
    near = lowers[-_REACH:]
    if not cues("spate").isdisjoint(near) and not cues("attack_noun").isdisjoint(near) and not {"that", "which"}.isdisjoint(near):
        # `the latest in a spate of attacks that have killed fourteen`
        return True
    if _one_of_several(lowers) and not {"in", "that", "which"}.isdisjoint(near):
        return True
    text = f" {' '.join(lowers)} "
    earlier = [s for s in document.sentences if s.index < figure.sentence_index and not s.in_title]
    summed = any(f" {phrase} " in text for phrase in cues("of_the_day"))
    return summed and any(_one_of_several(s.lowers) or "series" in s.lowers for s in earlier)


def _one_of_several(lowers: list[str]) -> bool:
    """`one of about twelve explosions`: the attack told of is one of several, by their number."""
    return any(
        pair == ("one", "of") and not cues("attack_noun").isdisjoint(w for w in lowers[i + 3 : i + _REACH] if w.endswith("s"))
        for i, pair in enumerate(pairwise(lowers))
    )


def _is_in_earlier(before: list[str]) -> bool:
    """`clashes followed an earlier shooting in which a boy was killed`: a deed that the sentence itself calls an earlier one."""
    at = next((i for i, pair in enumerate(pairwise(before)) if pair == ("in", "which")), None)
    near = before[max(0, at - _REACH) : at] if at is not None and "," not in before[at:] else []
    return any(word in cues("ago") for word in near) and not cues("attack_noun").isdisjoint(near)


def _is_of_earlier(lowers: list[str], figure: Figure) -> bool:
    """`responding to a blast that killed three and wounded ten`: what the people of the sentence were busy with before."""
    near = lowers[max(0, figure.outcome_tokens[0] - _RELATIVE) : figure.outcome_tokens[0]]
    pronoun = next((i for i, word in enumerate(near) if word in ("that", "which")), None)
    if figure.rule != "active" or pronoun is None or "," in near[pronoun:] or cues("attack_noun").isdisjoint(near[:pronoun]):
        return False
    return not cues("busy_with").isdisjoint(near[:pronoun])


def _is_of_another(figure: Figure, document: Document) -> bool:
    """`This second attack claimed two lives`, `Another blast in Orlen hurt ten`: an attack of its own beside the one told of."""
    lowers = document.sentences[figure.sentence_index].lowers
    before = lowers[: max(figure.quantity_tokens[0], figure.outcome_tokens[0])]
    behind = lowers[max(figure.quantity_tokens[1], figure.outcome_tokens[1]) :][:_BEHIND]
    # `were injured in the later attack`
    behind = behind[2:] if behind[:1] == ["in"] else []
    named = any(one in cues("other_one") and not cues("attack_noun").isdisjoint(before[i + 1 : i + 3]) for i, one in enumerate(before))
    return named or (behind[:1] != [] and behind[0] in cues("other_one") and not cues("attack_noun").isdisjoint(behind[1:3]))


def _is_same_again(figure: Figure, other: Figure, document: Document) -> bool:
    """`A second attack hurt eleven. The eleven were all clerks`: said again of those of the other attack."""
    again = figure.char_start > other.char_end and figure.count_min == other.count_min and figure.count_max == other.count_max
    before = document.sentences[figure.sentence_index].lowers[max(0, figure.victim_tokens[0] - 1) : figure.quantity_tokens[1]]
    return again and (figure.count_min or 0) > 1 and not cues("definite").isdisjoint(before)
