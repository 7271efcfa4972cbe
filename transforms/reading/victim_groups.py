"""Which group, army or side the people of a figure belong to, as their own words or the text around them say.

Own words first: a known group (`Hamas fighters`), a side (`rebel fighters`, `regime soldiers`), an organisation that the text names
(`members of the Northern Guard`). Else an unnamed fighter or soldier is of the one group of that kind that the sentence names and does
not call the attacker (`shelled positions of Hamas, killing 12 fighters`), and a fighter of the one that the sentences just before name.
The rules are the same for every group and army: what is looked at is its kind in the lexicon of groups, never its name.

Belongs here: these rules. Keep out: names of groups (`transforms/sources`), and what figures share (`companions.py`).
"""

from __future__ import annotations

import re
from functools import cache

from transforms.lexicon import by_class
from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.marks import Phrase
from transforms.reading.vocabulary import cues as reading_cues
from transforms.sources import group_name
from transforms.sources.attackers import attackers
from transforms.sources.groups import armies
from transforms.sources.known import groups
from transforms.sources.phrases import group_table

# Sentences before a figure that may name the group of its unnamed fighters.
_LOOK_BACK = 4
# Words of a group's own phrase before its verb (`Hamas fighters on Sunday also`).
_OWN_WORDS = 4
# Short names in a text in capitals may be plain words (IS).
_SURE_LETTERS = 4
_CLASSES = frozenset(
    {"government_side", "rebel_side", "member_noun", "no_organisation", "of_theirs", "of_any_force", "of_no_group", "against", "unspecific"}
    | {"other_force", "label"}
)
_SIDES = {"government_side": "government forces", "rebel_side": "rebels"}
# Ends of the names of armies that no lexicon has (`Salvadoran army`).
_ARMIES = ("army", "military", "forces")
_OF_ROLE = {"fighter": frozenset({"armed_group"}), "soldier": frozenset({"military"})}
_ARMED = frozenset({"armed_group", "military"})
# `members of “X”`, `fighters of the X Brigade`: a name that no lexicon has, in quotation marks or in capitals.
_QUOTED = re.compile(r"^[^“\"]{0,40}\b(?:of|from) (?:the )?[“\"]([^”\"]{2,60})(?:[”\"]|$)")
_NAME = r"(?:al-)?[A-Z][\w'’-]*"
_BODY = r"(?: (?:military|special))?(?: (?:police|forces|faction|brigade|battalion|militia|army|group|movement|party))?"
_NAMED = re.compile(rf"^[a-z -]{{0,30}}\b(?:of|from) (?:the )?({_NAME}(?: (?:{_NAME}|of|for|and))*{_BODY})")
_ALLIED = ("-backed", "-led", "-linked", "-affiliated", "-aligned")


def victim_cues(cue_class: str) -> frozenset[str]:
    """Return the words of one class of lexicon/victim_cues.csv. Raises LexiconError when the file is not well formed."""
    return by_class("victim_cues", _CLASSES)[cue_class]


@cache
def _kind(name: str) -> str | None:
    """The kind of a group of the lexicon; None for one that it does not have."""
    group = groups().get(name)
    return group.kind if group is not None else None


def is_armed(name: str | None) -> bool:
    """Return whether a group is an armed one by the lexicon, or the army or side that the text names; rescuers are none."""
    if name is None or _kind(name) == "rescue":
        return False
    return _kind(name) is not None or name in _SIDES.values() or name.endswith(_ARMIES)


def is_rescue(name: str | None) -> bool:
    """Return whether a group is one of rescuers: its members are civilians."""
    return name is not None and _kind(name) == "rescue"


def own_group(text: str, role: str | None) -> str | None:
    """Return the group, army, side or organisation that the words for the people name themselves; None when they name none."""
    found = group_name(text)
    if found is not None:
        return found
    words = text.lower().split()
    sides = [side for adjective, side in _SIDES.items() if not victim_cues(adjective).isdisjoint(words)]
    if sides and (role in _OF_ROLE or "rebels" in words or not reading_cues("armed").isdisjoint(words)):
        # `regime and rebel fighters` are of no one side
        return sides[0] if len(sides) == 1 else None
    return _organisation(text)


def _organisation(text: str) -> str | None:
    """`members of “Al-Nour Youth”`, `fighters from the Northern Guard`: an organisation by the name that the text gives it."""
    if not victim_cues("member_noun").intersection(text.lower().split()):
        return None
    match = _QUOTED.match(text) or _NAMED.match(text)
    if match is None:
        return None
    name = re.sub(r"(?: (?:of|for|and))+$", "", match.group(1)).strip(" ,")
    behind = f"{name} {text[match.end() :][:12]}".lower()
    kin = victim_cues("no_organisation").intersection(behind.replace("’s", "").replace("'s", "").split())
    return None if kin or len(name) < 2 or name.endswith(_ALLIED) else name


def _named_in(sentence: Sentence) -> list[str]:
    """The groups that a sentence names and does not call attackers, each once."""
    upper = sentence.text.isupper()
    doers = set(attackers(sentence.text))
    found = [
        named.name
        for named in group_table().find(sentence.words, upper)
        if not (upper and named.end - named.start == 1 and len(sentence.words[named.start]) < _SURE_LETTERS)
        and not _is_doer(sentence, named.start)
    ]
    return [name for name in dict.fromkeys(found) if name not in doers]


def _is_doer(sentence: Sentence, start: int) -> bool:
    """`killed by Hamas`, `by the Israeli army`."""
    return "by" in sentence.lowers[max(0, start - 2) : start]


def _is_subject(sentence: Sentence, figure: Figure, name: str) -> bool:
    """Whether the group is who killed in the active (`Hamas killed two fighters`, not `a strike on Hamas killed two fighters`): named
    before the verb with nothing between but words of its own phrase."""
    first = figure.outcome_tokens[0]
    before = [n for n in group_table().find(sentence.words[:first], False) if n.name == name]
    if not before or figure.victim_tokens[0] < first:
        return False
    opened = sentence.lowers[max(0, before[-1].start - 2) : before[-1].start]
    between = sentence.lowers[before[-1].end : first]
    return victim_cues("against").isdisjoint(opened + between) and "," not in between and len(between) <= _OWN_WORDS


def _one_of(sentence: Sentence, figure: Figure | None, kinds: frozenset[str]) -> list[str]:
    names = [name for name in _named_in(sentence) if _kind(name) in kinds]
    return names if figure is None else [name for name in names if not _is_subject(sentence, figure, name)]


def army_of(side: str | None, country: str | None) -> str | None:
    """Return the army that the forces of a government are in a country of the lexicon; any other group as it is."""
    return armies().get(country or "", side) if side == _SIDES["government_side"] else side


def _is_of_others(text: str, head: str) -> bool:
    """Whether the words for the people tell of a party of their own, which no lexicon has (`Kurdish militia fighters`)."""
    words = re.findall(r"[\w'’-]+", text)
    words = words[: next((at for at, word in enumerate(words) if word.lower() == head), len(words))]
    labels = (word for word in words if word.lower() not in victim_cues("label") and not word.endswith(("-linked", "-affiliated")))
    named = [] if text.isupper() else [word for word in labels if word[0].isupper()]
    return bool(named) or not victim_cues("other_force").isdisjoint(word.lower() for word in words)


def told_group(document: Document, figure: Figure, phrase: Phrase | None) -> str | None:
    """Return the group of unnamed fighters or soldiers that the text around them names; None where it names none or several."""
    if phrase is None or phrase.people is None or phrase.people.role not in _OF_ROLE:
        return None
    sentence = document.sentences[figure.sentence_index]
    head = sentence.lowers[phrase.head] if phrase.head is not None else ""
    owned = sentence.lowers[phrase.start] in victim_cues("of_theirs") or (figure.victim_text or "").lower().split()[:1] == ["its"]
    kinds = _ARMED if owned or head in victim_cues("of_any_force") else _OF_ROLE[phrase.people.role]
    if (head in victim_cues("of_no_group") or _is_of_others(figure.victim_text or "", head)) and not owned:
        return None
    here = _one_of(sentence, figure, kinds)
    if here or owned or phrase.people.role != "fighter" or head in victim_cues("of_any_force"):
        return here[0] if len(here) == 1 else None
    for index in range(figure.sentence_index - 1, max(-1, figure.sentence_index - 1 - _LOOK_BACK), -1):
        before = _one_of(document.sentences[index], None, kinds)
        if before:
            return before[0] if len(before) == 1 else None
    return None
