"""Step: find the outcome words of every sentence, with the voice of their verb group.

Belongs here: which words say that people were killed, injured, …; whether they are passive or active, negated, or no
fact (`could kill`). Keep out: whom they speak of (`attachment.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Sentence
from transforms.reading.marks import Marks, Trigger
from transforms.reading.senses import in_idiom
from transforms.reading.tokens import tokenize
from transforms.reading.vocabulary import GOAL_FORMS, OutcomeWord, cues, function_words, outcome_words, people_words

_VERBAL = frozenset({"past", "participle", "past_active", "base", "ing", "intransitive"})
_NONE = frozenset[str]()
# `taken … to … hospital`: how far behind the verb its goal may begin, and how many words the hospital's name may have
_GOAL_REACH, _NAME_REACH = 12, 7
_CLAUSE_END = frozenset({",", ";", ":", ".", "(", ")", "after", "before", "when", "where", "who", "which"})
_MODAL_WORDS = 10
_QUESTION_REACH = 10
_QUOTES = frozenset({'"', "“", "‘", "'"})
_PREPOSITIONS_OF_PLANS = frozenset({"on", "of", "to", "about", "with", "from"})


def _match(lowers: list[str], i: int) -> OutcomeWord | None:
    for word in outcome_words().get(lowers[i], ()):
        end = i + len(word.words)
        if len(word.words) > 1 and tuple(lowers[i:end]) != word.words:
            continue
        if word.form in GOAL_FORMS and not _REACHES[word.form](lowers, end):
            continue
        if word.form == "group" and lowers[end : end + 1] == ["of"]:
            continue
        if word.form == "bodies" and end < len(lowers) and lowers[end] in people_words():
            # `body guards`
            continue
        return word
    return None


def _to_death(lowers: list[str], i: int) -> bool:
    """Whether `to death` follows in the clause: `stabbed a woman to death`."""
    return any(lowers[j] == "to" and lowers[j + 1] == "death" for j in range(i, min(i + 12, len(lowers) - 1)))


def _to_hospital(lowers: list[str], i: int) -> bool:
    """Whether the clause goes on to a hospital: `taken by ambulance to a local hospital`, `took four people to the hospital`."""
    for j in range(i, min(i + _GOAL_REACH, len(lowers))):
        if lowers[j] in _CLAUSE_END:
            return False
        if lowers[j] == "to":
            place = lowers[j + 1 : j + 1 + _NAME_REACH]
            stop = next((k for k, word in enumerate(place) if word in _CLAUSE_END), len(place))
            return not cues("hospital").isdisjoint(place[:stop])
    return False


def _in_body(lowers: list[str], i: int) -> bool:
    """Whether a part of the body was hit: `struck a girl in the head`, `hit several times in his right leg`."""
    for j in range(i, min(i + _GOAL_REACH, len(lowers))):
        if lowers[j] in _CLAUSE_END:
            return False
        if lowers[j] == "in" and function_words().get(" ".join(lowers[j + 1 : j + 2]), _NONE) & {"the", "poss"}:
            return not cues("body_part").isdisjoint(lowers[j + 2 : j + 4])
    return False


_REACHES = {"to_death": _to_death, "to_hospital": _to_hospital, "in_body": _in_body}


def _voice(lowers: list[str], trigger: Trigger) -> Trigger:
    """Walk left over auxiliaries and adverbs: sets voice, where the verb group starts, negation and modality."""
    functions = function_words()
    i = trigger.start - 1
    be = have = False
    start = trigger.start
    infinitive = False
    steps = 0
    while i >= 0 and steps < 8:
        classes = functions.get(lowers[i], _NONE)
        if "be" in classes and not be:
            be, start = True, i
        elif "be" in classes:
            start = i
        elif "have" in classes:
            have, start = True, i
        elif "modal" in classes:
            trigger.hypothetical, start = not have or lowers[i] in ("could", "would", "might"), i
        elif "not" in classes:
            trigger.negated, start = True, i
        elif lowers[i] == "to" and (trigger.form == "base" or be or have or i == trigger.start - 1):
            infinitive, start = not have and lowers[i - 1] not in cues("achieved"), i
        elif lowers[i] in ("did", "do", "does"):
            start = i
        elif "adverb" in classes or lowers[i].endswith("ly") or (steps == 0 and lowers[i] in _QUOTES):
            pass
        else:
            break
        i, steps = i - 1, steps + 1
    trigger.group_start = start
    group = lowers[start : trigger.start]
    subjunctive = be and not have and "be" in group and "to" not in group  # `that he be killed`
    if infinitive or subjunctive or _is_plan(lowers, trigger):
        trigger.hypothetical = True
    if trigger.form in ("past", "participle"):
        trigger.voice = "passive" if be else "perfect" if have else "bare"
    elif trigger.form in ("past_active", "base"):
        trigger.voice = "active"
    elif trigger.form == "ing":
        trigger.voice = "passive" if lowers[trigger.start - 1 : trigger.start] == ["being"] else "active"
    else:
        trigger.voice = "none"
    return trigger


def _may_follow(lowers: list[str], i: int) -> bool:
    """`may be linked to 500 deaths`, `could lead to more deaths`: a modal in the words before token i, in the same clause."""
    for j in range(i, max(-1, i - _MODAL_WORDS), -1):
        if not lowers[j][:1].isalnum():
            return False
        if "modal" in function_words().get(lowers[j], _NONE):
            return lowers[j + 1 : j + 2] != ["have"] and not cues("linking").isdisjoint(lowers[j : i + 1])
    return False


def _is_in_question(lowers: list[str], group_start: int) -> bool:
    """`it is not clear if the guard died`, `unknown whether two were killed`."""
    for i in range(group_start - 1, max(0, group_start - _QUESTION_REACH), -1):
        if lowers[i] in ("if", "whether"):
            return not cues("unknown_if").isdisjoint(lowers[max(0, i - 2) : i])
        if lowers[i] in _CLAUSE_END and lowers[i : i + 2] != [",", "or"]:
            return False
    return False


def _is_plan(lowers: list[str], trigger: Trigger) -> bool:
    """`planned on arresting him`, `wrongly convicted of killing two`, `maybe he was killed`: no fact."""
    if not cues("perhaps").isdisjoint(lowers[max(0, trigger.group_start - 3) : trigger.group_start]):
        return True
    if trigger.form in _VERBAL and (lowers[trigger.start - 1 : trigger.start] or [""])[0] in cues("nearly"):
        return True
    if _is_in_question(lowers, trigger.group_start):
        return True
    i = trigger.group_start - 1
    if trigger.form == "noun":
        return _may_follow(lowers, i)
    if trigger.form != "ing" or i < 1:
        return False
    i -= lowers[i] in _PREPOSITIONS_OF_PLANS
    return lowers[i] in cues("unrealised") or (lowers[i] in cues("convicted") and not cues("wrongly").isdisjoint(lowers[max(0, i - 1) : i]))


def _in_title(sentence: Sentence, i: int) -> bool:
    """`known as Drink Or Die`: capitals inside running text, on a function word too, make the outcome word part of a name."""
    words = sentence.words
    capitals = i > 1 and all(word[0].isupper() and word[1:].islower() for word in words[i - 1 : i + 1])
    return capitals and bool(function_words().get(sentence.lowers[i - 1]))


def _form(word: OutcomeWord, lower: str) -> str:
    if word.form not in GOAL_FORMS:
        return word.form
    return "ing" if lower.endswith("ing") else "base" if lower.endswith("s") else "past"


def _of_sentence(sentence: Sentence) -> list[Trigger]:
    functions = function_words()
    found: list[Trigger] = []
    lowers, table, following = sentence.lowers, outcome_words(), 0
    titled = not sentence.in_title and 2 * sum(word[0].isupper() for word in sentence.words) < len(sentence.words)
    for i in [i for i, lower in enumerate(lowers) if lower in table]:
        word = _match(lowers, i) if i >= following else None
        if word is None:
            continue
        end = i + len(word.words)
        if in_idiom(lowers, i, end) or (titled and _in_title(sentence, i)):
            continue
        trigger = Trigger(i, end, word.outcome, _form(word, lowers[i]), group_start=i)
        before = functions.get(lowers[i - 1], _NONE) if i else _NONE
        # `the killing of`, `his killing`, `the murder of`: an event noun, no verb
        nominal = word.form in ("ing", "base") and (lowers[end : end + 1] == ["of"] or (before & {"the", "poss"}))
        if nominal or (word.form == "base" and lowers[i - 1 : i] in (["'s"], ["’s"])):
            trigger.form = "noun_of"
        # `the wounded men`: not the group of the wounded
        elif word.form == "group" and end < len(lowers) and lowers[end] in people_words():
            continue
        found.append(_voice(lowers, trigger))
        following = end
    return found


def outcomes(document: Document) -> Document:
    """Open `document.marks` for every sentence that passes the gate, tokenize it and note its outcome words."""
    for sentence in document.sentences:
        if not sentence.may_tell:
            continue
        tokenize(sentence)
        triggers = _of_sentence(sentence)
        if triggers:
            document.marks[sentence.index] = Marks(triggers=triggers)
    return document
