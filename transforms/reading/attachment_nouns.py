"""The rules of attachment for nouns: deaths, tolls, bodies, groups (`the wounded`), lives and losses.

Belongs here: where the people stand that a noun of outcome speaks of. Keep out: verbs (`attachment_rules.py`).
"""

from __future__ import annotations

from transforms.reading.arguments import Arguments, Clause
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.vocabulary import cues

_TOLL_VERB_GAP = 14
_FIGHTERS = frozenset({"soldier", "fighter", "police", "guard"})


def counted_noun(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """Return the people of a counted noun: `12 deaths`, `suffered two casualties`, `the deaths of 12`."""
    near = trigger.start
    while "adverb" in clause.classes(near - 1) and near not in clause.ending:
        near -= 1
    phrase = clause.ending.get(near)
    for back in range(1, 5):
        # `three others had minor injuries`: who is told of right before it, for much has much
        had = clause.lower(trigger.start - back) in ("had", "has") and trigger.outcome == "injured" and not clause.is_headline()
        had = had and trigger.start - back in clause.ending
        if had or clause.lower(trigger.start - back) in cues("suffer"):
            found = clause.subjects(
                Trigger(
                    trigger.start - back, trigger.end, trigger.outcome, "intransitive", group_start=before_be(clause, trigger.start - back)
                )
            )
            if not had or found.whole:
                return found, "suffered"
    if clause.lower(trigger.end) == "of" and (phrase is None or phrase.quantity is None):
        return clause.objects(trigger.end + 1, trigger), "noun_of"
    if trigger.outcome != "casualties" and clause.lowers[trigger.start] in cues("suffered_thing"):
        return Arguments(), "counted_noun"
    one = phrase is not None and phrase.det == "a" and not clause.lowers[trigger.end - 1].endswith("s")
    if phrase is not None and phrase.kind != "thing" and (phrase.quantity is not None or one):
        return Arguments([phrase]), "counted_noun"
    if clause.lower(trigger.end) in ("of", "to", "among"):
        return clause.objects(trigger.end + 1, trigger), "noun_of"
    return Arguments(), "counted_noun"


def event_noun(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """Return the people of an event noun: `the murder of two men`, `Galan's murder`."""
    if clause.lower(trigger.end) == "of":
        wanted = {clause.lower(trigger.start - 1), clause.lower(trigger.start - 2), clause.lower(trigger.start - 3)} & cues("unrealised")
        # `demanded the arrest of 36 men`: nobody was arrested yet
        return (Arguments() if wanted else clause.objects(trigger.end + 1, trigger)), "noun_of"
    phrase = clause.ending.get(trigger.start)
    if phrase is not None and phrase.quantity is not None and clause.lower(trigger.end) not in cues("compound"):
        # not of `15 detention centre officers`, `many death threats`
        return Arguments([phrase]), "counted_noun"
    if clause.lower(trigger.start - 1) in ("'s", "’s") and clause.lower(trigger.end) not in cues("proceedings"):
        owner = clause.ending.get(trigger.start - 1)
        if owner is not None and owner.kind == "people":
            return Arguments([owner]), "possessive"
    return Arguments(), "noun_of"


def toll(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`death toll … rose to 215 from 183`: the numbers behind the noun, up to the next outcome word or clause."""
    found = Arguments()
    if any("modal" in clause.classes(i) for i in range(max(0, trigger.start - 6), trigger.end + 3)):
        # `would raise the death toll to four`, `the toll could be as high as 19`: no fact
        return found, "toll"
    filled = _number_before(clause, trigger)
    if filled is not None:
        return Arguments([filled]), "toll"
    i, gap = trigger.end, 0
    while i < len(clause.words) and gap < _TOLL_VERB_GAP and len(found.whole) < 2:
        phrase = clause.starting.get(i)
        if phrase is not None:
            counts = phrase.quantity is not None and phrase.kind != "thing" and (phrase.kind != "unknown" or phrase.plural)
            if counts and (not found.whole or clause.lower(phrase.start - 1) in ("from", "to")):
                found.whole.append(phrase)
            i, gap = phrase.end, gap + 1
            continue
        if clause.lowers[i] in cues("toll_stop") or (i in clause.trigger_start and found.whole):
            break
        i, gap = i + 1, gap + 1
    return found, "toll"


def _number_before(clause: Clause, trigger: Trigger) -> Phrase | None:
    """`bringing to 45 the number killed`, `brought to at least 30 the total death toll`: the number before its noun."""
    i = trigger.start - 1
    while clause.lower(i) in ("total", "overall", "official", "confirmed"):
        i -= 1
    phrase = clause.ending.get(i + 1) or clause.ending.get(i)
    if (
        clause.lower(i) not in ("the", "its")
        or phrase is None
        or phrase.quantity is None
        or clause.lower(phrase.quantity.start - 1) != "to"
    ):
        return None
    return phrase if clause.lower(phrase.quantity.start - 2) in cues("fills_number") else None


def parallels(clause: Clause, end: int) -> list[Phrase]:
    """`nine were killed in Homs, seven in Aleppo`, `one was killed and three rebels too`: whom the verb before them governs."""
    found: list[Phrase] = []
    i = _past_place(clause, end)
    while clause.lower(i) in ("and", ","):
        i += 2 if clause.lowers[i : i + 2] == [",", "and"] else 1
        phrase = clause.starting.get(i)
        if phrase is None or phrase.quantity is None or phrase.kind not in ("people", "elided"):
            break
        elsewhere = phrase.kind == "elided" and end < i - 1 and _past_place(clause, phrase.end) > phrase.end
        if not elsewhere and clause.lower(phrase.end) not in cues("as_well"):
            break
        found.append(phrase)
        i = _past_place(clause, phrase.end)
    return found


def _past_place(clause: Clause, i: int) -> int:
    """The token behind `in` and a name at token i; i itself where no such words stand there."""
    end = i + 1
    while clause.lower(i) == "in" and end < len(clause.words) and clause.words[end][:1].isupper():
        end += 1
    return end if end > i + 1 else i


def bodies(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """Return the people whose bodies are spoken of: `three bodies`, `the body of a man`, `his body was found`."""
    counted = clause.ending.get(trigger.start)
    if counted is not None and counted.quantity is not None:
        return Arguments([counted]), "bodies"
    unnamed = _unnamed_body(clause, trigger)
    if unnamed is not None:
        return Arguments([unnamed]), "bodies"
    if clause.lower(trigger.end) == "of":
        arguments = clause.objects(trigger.end + 1, trigger)
        found = bool(arguments.whole) and (was_found(clause, arguments.whole[-1].end) or found_before(clause, trigger.start))
        listed = len(arguments.whole) > 1 and arguments.whole[0].det == "a"
        arguments.whole = [
            p
            for p in arguments.whole
            if p.quantity is not None or p.det == "a" or p.named or (found and is_one(p)) or (listed and p.det == "poss" and not p.plural)
        ]
        return arguments, "bodies"
    own = trigger.start - (clause.lower(trigger.start - 1) in cues("of_body"))
    if clause.lower(own - 1) in ("'s", "’s"):
        owner = clause.ending.get(own - 1)
        found = was_found(clause, trigger.end) or found_before(clause, own - 1)
        if owner is not None and owner.kind == "people" and (owner.det == "a" or owner.named or (found and is_one(owner))):
            return Arguments([owner]), "bodies"
    if clause.lower(trigger.start - 1) in ("his", "her") and clause.lower(trigger.start) == "body" and was_found(clause, trigger.end):
        return Arguments([Phrase(trigger.start - 1, trigger.start, "pronoun", "people", head=trigger.start - 1)]), "bodies"
    return Arguments(), "bodies"


def _unnamed_body(clause: Clause, trigger: Trigger) -> Phrase | None:
    """`recovered an unidentified body`, `a charred body was found`: one person; not `found a governing body`."""
    first = trigger.start
    while clause.lower(first - 1) in cues("of_body"):
        first -= 1
    passive = bool(clause.classes(trigger.end) & {"be", "have"}) and was_found(clause, trigger.end)
    one = clause.lowers[trigger.start] == "body" and "a" in clause.classes(first - 1) and clause.lower(trigger.end) != "of"
    if not one or not (passive or found_before(clause, first - 1)):
        return None
    return Phrase(first - 1, trigger.end, "a", "people", head=trigger.start, own_start=first - 1)


def was_found(clause: Clause, i: int) -> bool:
    """Whether a body was found, recovered, discovered: behind it within a few words."""
    return bool(set(clause.lowers[i : i + 5]) & cues("found"))


def found_before(clause: Clause, i: int) -> bool:
    """Whether somebody found the body: `police found the mayor's body`, `recovered the body of the mayor`."""
    return bool(set(clause.lowers[max(0, i - 4) : i]) & cues("found"))


def is_one(phrase: Phrase) -> bool:
    """Whether the words are of one person spoken of before: `the hostage`."""
    return phrase.det == "the" and phrase.kind == "people" and not phrase.plural and phrase.quantity is None


def group(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`Among the dead were …`, `the wounded included …`, `four children were among the dead`: parts of a group."""
    found = Arguments()
    following = clause.starting.get(trigger.end + 1 if clause.lower(trigger.end) == "," else trigger.end)
    if clause.lower(trigger.start - 1) == "of" and following is not None and following.quantity is not None:
        # `of those killed, six were children`
        found.parts = [following]
        return found, "group"
    if "include" in clause.classes(trigger.start - 1):
        listed = clause.subjects(
            Trigger(trigger.start - 1, trigger.end, trigger.outcome, "group", group_start=before_be(clause, trigger.start - 1))
        )
        found.parts = listed.whole + listed.parts
    if not found.parts and clause.classes(trigger.end) & {"be", "include"}:
        listed = clause.objects(trigger.end + 1, trigger)
        found.parts = listed.whole + listed.parts
    return found, "group"


def before_be(clause: Clause, i: int) -> int:
    """Return the token where the auxiliaries and adverbs before token i begin."""
    while i > 0 and clause.classes(i - 1) & {"be", "adverb"}:
        i -= 1
    return i


def lives(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """Return the number of lives that something claimed or cost."""
    phrase = clause.ending.get(trigger.start)
    if phrase is not None and phrase.quantity is not None:
        near = clause.lowers[max(0, phrase.start - 4) : trigger.end + 4]
        if any(word in cues("lives_verb") for word in near):
            return Arguments([phrase]), "lives"
    return Arguments(), "lives"


def loss(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`lost two soldiers`, `lost his son`: of fighters and relatives only; teams and firms lose people otherwise."""
    found = clause.objects(trigger.end, trigger)
    first = found.whole[0] if found.whole else None
    fits = (
        first is not None
        and first.head is not None
        and (
            (first.people is not None and first.people.role in _FIGHTERS and first.people.status == "combatant")
            or clause.lowers[first.head] in cues("relative")
            or (first.quantity is not None and clause.lowers[first.head] in cues("lost_men"))
        )
    )
    return (found if fits else Arguments()), "loss"
