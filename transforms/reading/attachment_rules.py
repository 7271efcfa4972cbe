"""The rules of attachment: for each form of outcome words, where the people stand that they speak of.

A rule returns the phrases it found and its own name, which stands in the figure's `rule`.

Belongs here: one rule for each value of the column `form` of the lexicon `outcomes`. Keep out: the walks (`arguments.py`) and
the making of figures (`attachment.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from transforms.reading.arguments import Arguments, Clause
from transforms.reading.attachment_nouns import before_be, bodies, counted_noun, event_noun, group, lives, loss, parallels, toll
from transforms.reading.clause import HARD, JOINERS
from transforms.reading.marks import Phrase, Trigger
from transforms.reading.vocabulary import cues

# The subject of a sentence begins among its first words.
_OPENING = 3
_POINTING = frozenset({"that", "those", "this", "these"})  # `those killed` are people of their own: no article
_QUOTES = frozenset({'"', "“", "‘", "'"})
_FIRST_VERB = 15  # tokens from `and` back to the auxiliary of the first verb


def _agreeing(clause: Clause, trigger: Trigger) -> Arguments:
    """The subject; `agents who took a man to his house were killed`: where one person `were killed`, the plural before them was meant."""
    found = clause.subjects(trigger)
    only = found.whole[0] if len(found.whole) == 1 and not found.parts else None
    plural = bool({"were", "are"} & set(clause.lowers[trigger.group_start : trigger.start]))
    if not plural or only is None or only.plural or (only.quantity is not None and only.quantity.high != 1):
        return found
    for i in range(only.start - 1, max(0, only.start - 15), -1):
        phrase = clause.ending.get(i)
        leads = clause.lower(i) == "who" or (clause.lower(i) == "," and only.det == "a" and i == only.start - 1)
        if phrase is not None and phrase.quantity is not None and phrase.plural and phrase.kind == "people" and leads:
            return Arguments([phrase])
    return found


def _passive(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    arguments = _agreeing(clause, trigger)
    if arguments.whole:
        arguments.whole += _in_addition(clause, arguments.whole[-1]) + parallels(clause, trigger.end)
    elif clause.lower(trigger.group_start) == "being" and clause.lower(trigger.group_start - 1) == "before" and trigger.outcome == "killed":
        # `A gunman wounded three people before being killed`: of whom the sentence tells from its start
        first = next((p for p in clause.starting.values() if p.kind == "people" and p.start <= _OPENING), None)
        return Arguments([] if first is None or first.plural else [first]), "passive"
    elif clause.classes(trigger.end) & {"be"}:
        # `Among the dead were three children`, `Killed were two soldiers`
        return clause.objects(trigger.end + 1, trigger), "inverted"
    return arguments, "passive"


def _in_addition(clause: Clause, first: Phrase) -> list[Phrase]:
    """`in addition to the assailant, 12 people were killed`: the assailant was killed, too."""
    comma = first.start - 1
    if clause.lower(comma) != ",":
        return []
    phrase = clause.ending.get(comma)
    if phrase is None or phrase.kind == "thing":
        return []
    start = phrase.start - 1 if clause.lower(phrase.start - 1) == "the" else phrase.start
    before = clause.lowers[max(0, start - 3) : start]
    return [phrase] if before[-3:] == ["in", "addition", "to"] or before[-2:] == ["in", "addition"] else []


def _is_prenominal(clause: Clause, trigger: Trigger) -> bool:
    """`the wounded man`, `the body of murdered film-maker Rob Roy`, `shots fired`: it tells of what stands with it, and of no casualty."""
    if is_shot_fired(clause, trigger):
        return True
    if clause.lower(trigger.start - 1) == "of" and trigger.form == "past" and following_name(clause, trigger.end):
        return True
    determined = clause.classes(trigger.start - 1) & {"the", "poss", "a"} and clause.lower(trigger.start - 1) not in _POINTING
    elided = clause.ending.get(trigger.start)
    return bool(determined) and trigger.group_start == trigger.start and (elided is None or elided.kind != "elided")


def _bare_past(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    """`killed` without an auxiliary: active when an object follows that nobody else claims, else a reduced passive."""
    if _is_prenominal(clause, trigger):
        return Arguments(), "prenominal"
    among = _among(clause, trigger) or _of_counted(clause, trigger)
    if among is not None:
        return among, "among"
    if trigger.form == "past" and clause.lower(trigger.end) in cues("them"):
        # `found the guards and killed them`: an active whose object has no number
        return Arguments(), "active"
    if clause.lowers[trigger.end : trigger.end + 2] == ["to", "death"] and trigger.end + 2 in clause.starting:
        # `beat to death a porter`
        return clause.objects(trigger.end + 2, trigger), "active"
    down = clause.starting.get(trigger.end + 1) if clause.lowers[trigger.start : trigger.end + 1] == ["shot", "down"] else None
    if down is not None and down.kind == "people":
        return clause.objects(trigger.end + 1, trigger), "active"
    second = clause.trigger_start.get(clause.past_adverbs(trigger.end + 1))
    if clause.lower(trigger.end) in ("and", "or") and second is not None and second.form == "past" and second.voice == "bare":
        # `killed and beheaded two civilians`: one object of both
        shared = clause.objects(second.end, trigger)
        if shared.whole:
            return shared, "active"
    following = clause.starting.get(trigger.end) or _quoted_number(clause, trigger.end)
    preceding = clause.ending.get(trigger.group_start)
    left = preceding is not None and preceding.quantity is not None and clause.lower(preceding.start - 1) in cues("leave")
    if following is not None and following.det == "name" and left:
        # `left three others wounded Kurdish media reported`: punctuation lost
        following = None
    if following is not None and clause.may_be_people(following, trigger) and clause.claimed_bare(following) is None:
        arguments = clause.objects(trigger.end, trigger)
        if arguments.whole:
            return arguments, "active"
    if clause.classes(trigger.end) & {"be"} and trigger.start == 0:
        return clause.objects(trigger.end + 1, trigger), "inverted"
    if clause.lower(trigger.start - 1) in ("who", "that", "which") and trigger.form == "past" and trigger.voice == "bare":
        return Arguments(), "active"
    beside = clause.trigger_end.get(trigger.group_start - 1) if clause.lower(trigger.group_start - 1) == "and" else None
    arguments = clause.subjects(trigger)
    if beside is not None and beside.voice == "passive" and beside.form == "past":
        # `three clerks of a firm, a contractor of the army, were kidnapped and killed`: one subject of both
        arguments = _agreeing(clause, beside)
    if clause.lowers[trigger.start] in cues("ambiguous_verb") and (beside is None or beside.voice != "passive"):
        arguments.whole = [p for p in arguments.whole if _may_be_reduced(clause, p, following)]
    if not arguments.whole:
        arguments.whole = _of_first_passive(clause, trigger)
    if not arguments.whole and trigger.start <= 2:
        # `Also injured during the march was a citizen`
        be = next((i for i in range(trigger.end, min(trigger.end + 10, len(clause.words))) if "be" in clause.classes(i)), None)
        if be is not None and clause.classes(trigger.end) & {"prep", "be", "time"}:
            return clause.objects(be + 1, trigger), "inverted"
    return arguments, "reduced_passive"


def _quoted_number(clause: Clause, i: int) -> Phrase | None:
    """`killed "dozens" in a raid`: a number in quotation marks of its own."""
    phrase = clause.starting.get(i + 1) if clause.lower(i) in _QUOTES else None
    return phrase if phrase is not None and phrase.quantity is not None else None


def first_auxiliary(clause: Clause, trigger: Trigger) -> int | None:
    """`the hostages were brought back and publicly executed`: the token of the auxiliary that serves the second verb, too."""
    i = trigger.group_start - 1
    while i > 0 and ("adverb" in clause.classes(i) or clause.lowers[i].endswith("ly")):
        i -= 1
    if clause.lower(i) != "and" or trigger.form != "past" or trigger.voice != "bare":
        return None
    for j in range(i - 1, max(0, i - _FIRST_VERB), -1):
        if clause.lower(j) in HARD or clause.lower(j) == "," or j in clause.trigger_start or clause.classes(j) & {"rel"}:
            return None
        if clause.lower(j) in ("was", "were"):
            return j
    return None


def _of_first_passive(clause: Clause, trigger: Trigger) -> list[Phrase]:
    """The subject of the first of two verbs of one passive: `a clerk was called out and executed`."""
    be = first_auxiliary(clause, trigger)
    return [] if be is None else clause.subjects(Trigger(be, be + 1, trigger.outcome, "past", group_start=be, voice="passive")).whole


def is_shot_fired(clause: Clause, trigger: Trigger) -> bool:
    """`one shot was fired`, `fired two shot`, `heard one shot`: the shot itself is counted."""
    counted = clause.ending.get(trigger.start)
    if clause.lowers[trigger.start] != "shot" or counted is None or counted.kind != "elided" or counted.quantity is None:
        return False
    return "be" in clause.classes(trigger.end) or clause.lower(counted.start - 1) in cues("of_shots")


def following_name(clause: Clause, i: int) -> bool:
    """Whether a noun for one person, or a name, follows without a determiner."""
    phrase = clause.starting.get(i)
    return phrase is not None and phrase.det in ("bare", "name") and phrase.quantity is None and not phrase.plural


def _among(clause: Clause, trigger: Trigger) -> Arguments | None:
    """`four schoolchildren were among eight people killed`: eight is the whole, four a part of it."""
    whole = clause.ending.get(trigger.group_start)
    if whole is None or whole.quantity is None or clause.lower(whole.start - 1) != "among" or "be" not in clause.classes(whole.start - 2):
        return None
    be = before_be(clause, whole.start - 1)
    listed = clause.subjects(Trigger(be, be + 1, trigger.outcome, "group", group_start=be))
    return Arguments([whole], listed.whole + listed.parts)


def _of_counted(clause: Clause, trigger: Trigger) -> Arguments | None:
    """`Among the 12 killed were four women`, `of the 20 wounded, 12 were women`: parts of a number before the outcome."""
    whole = clause.ending.get(trigger.group_start)
    if whole is None or whole.quantity is None or clause.lower(whole.start - 1) not in ("among", "of"):
        return None
    if clause.classes(trigger.end) & {"be"}:
        listed = clause.objects(trigger.end + 1, trigger)
        return Arguments([whole], listed.whole + listed.parts)
    following = clause.starting.get(trigger.end + 1) if clause.lower(trigger.end) == "," else None
    opens = whole.start == 1 and clause.lower(0) == "of"
    if opens and following is not None and following.quantity is not None:
        return Arguments([whole], [following])
    return None


def _may_be_reduced(clause: Clause, phrase: Phrase, following: Phrase | None) -> bool:
    """Whether a phrase can be the subject of a participle without auxiliary: `two men shot in …`, not `Blair shot hoops`."""
    if phrase.quantity is not None:
        return True
    if phrase.det == "pronoun" or following is not None:
        return False
    return phrase.det in ("a", "the", "poss", "no") or clause.is_headline()


def _is_shot_at(clause: Clause, trigger: Trigger) -> bool:
    """`shot at him`, `shot at two cars`, `was shot at while driving`: nobody was hit; not of `two men shot at a market`, which is where."""
    i = trigger.end
    if clause.lowers[i - 1] != "shot" or clause.lower(i) != "at":
        return False
    if trigger.voice == "passive":
        return not clause.lower(i + 1)[:1].isalnum() or clause.lower(i + 1) in JOINERS | cues("behind_shot_at")
    target = clause.starting.get(i + 1)
    if target is None or target.named:
        return clause.lower(i + 1) in cues("them") | cues("target")
    head = clause.lower(target.head) if target.head is not None else ""
    couple = target.quantity is not None and clause.lowers[target.quantity.core_start] == "couple"
    return target.kind == "people" or couple or head in cues("target")


def _past(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    if _is_shot_at(clause, trigger):
        return Arguments(), "active"
    if trigger.voice == "passive":
        return _passive(clause, trigger)
    if trigger.voice == "perfect":
        arguments = clause.objects(trigger.end, trigger)
        if arguments.whole or trigger.form == "past":
            return arguments, "active"
    return _bare_past(clause, trigger)


def _active(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    if trigger.voice == "passive":
        return _passive(clause, trigger)
    return clause.objects(trigger.end, trigger), "active"


def _intransitive(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    found = clause.subjects(trigger)
    if clause.lowers[trigger.end - 1] not in cues("reflexive"):
        return found, "intransitive"
    if not found.whole and not found.parts:
        # `killed his wife before turning the gun on himself`
        found.whole.append(clause.reflexive(trigger.end - 1))
    behind = clause.lower(trigger.end)
    others = (
        [p for p in clause.objects(trigger.end + 1, trigger).whole if clause.claimed(p) is None] if behind in ("and", "along", ",") else []
    )
    if behind != "," or len(others) > 1:
        # `killed himself and two others`; `killing himself, a clerk and seven others`, but not `killed himself, police said`
        found.whole += others
    return found, "intransitive"


def _adjective(clause: Clause, trigger: Trigger) -> tuple[Arguments, str]:
    phrase = clause.ending.get(trigger.group_start)
    if trigger.outcome == "missing" and trigger.end in clause.starting:
        # `was missing the point`, `are missing 14 players`
        return Arguments(), "adjective"
    if clause.lowers[trigger.end - 1] in cues("stays_in") and not _stays(clause, trigger, phrase):
        return Arguments(), "adjective"
    # a parenthesis: `left 3 fighters (including a captain) dead`
    if phrase is not None or trigger.group_start < trigger.start or clause.lower(trigger.start - 1) == ")":
        found = clause.subjects(trigger)
        found.whole += parallels(clause, trigger.end) if found.whole else []
        return found, "adjective"
    return Arguments(), "adjective"


def _stays(clause: Clause, trigger: Trigger, phrase: Phrase | None) -> bool:
    """`left six in hospital`, `four are in hospital`, `2 dead, 1 critical`: not of `died in hospital`, `two critical minutes`."""
    if trigger.group_start < trigger.start:
        return trigger.end - trigger.start > 1
    if phrase is None or (phrase.quantity is None and phrase.det != "a"):
        return False
    if trigger.end - trigger.start > 1:
        return clause.lower(phrase.start - 1) in cues("leave")
    return phrase.kind == "elided" and trigger.end not in clause.starting and not clause.lower(trigger.end)[:1].isalpha()


RULES: dict[str, Callable[[Clause, Trigger], tuple[Arguments, str]]] = {
    "past": _past,
    "participle": _past,
    "past_active": _active,
    "base": _active,
    "ing": _active,
    "intransitive": _intransitive,
    "adjective": _adjective,
    "noun": counted_noun,
    "noun_of": event_noun,
    "toll": toll,
    "bodies": bodies,
    "group": group,
    "lives": lives,
    "loss": loss,
}


def joins_more(clause: Clause, i: int) -> bool:
    """Whether `along with`, `together with`, `as well as` or `in addition to` stands at token i."""
    return more_at(clause, i) > i


def more_at(clause: Clause, i: int) -> int:
    """Return the token behind words at token i that join more people (`along with`); i where there are none."""
    if clause.lowers[i : i + 2] in (["along", "with"], ["together", "with"]):
        return i + 2
    return i + 3 if clause.lowers[i : i + 3] in (["as", "well", "as"], ["in", "addition", "to"]) else i
