"""Which named group a text says attacked: `the Islamic State attack on …`, `ISIS militants attacked …`, `shelled by the army`.

A description of what the text says, by the same few patterns for every side; no verdict of ours. `An attack on ISIS` names
no attacker, and clashes have none.

Belongs here: these patterns. Keep out: the names of groups (`groups.csv`) and the words (`attack_words.csv`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.lexicon import load
from transforms.sources.phrases import group_table

_CLASSES = frozenset({"noun", "verb", "member", "by"})
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_BETWEEN = 3  # words that may stand between the group and the deed


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return {entry.term: entry.term_class for entry in load("attack_words", _CLASSES)}


def attackers(sentence: str) -> tuple[str, ...]:
    """Return the canonical names of the groups that the sentence says attacked, each once, in order of the sentence."""
    words = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(sentence)]
    kinds = [_words().get(word.lower()) for word in words]
    if not {"noun", "verb"} & set(kinds):
        return ()
    found = [
        named.name
        for named in group_table().find(words, sentence.isupper())
        if _did_it(kinds, named.start, named.end) or _done_by(words, kinds, named.start)
    ]
    return tuple(dict.fromkeys(found))


def _did_it(kinds: list[str | None], start: int, end: int) -> bool:
    """`ISIS militants attacked`, `the ISIS suicide attack`; not `killed by ISIS attacked`, where another is the doer."""
    for kind in kinds[end : end + _BETWEEN]:
        if kind in ("noun", "verb"):
            return not (kind == "verb" and start > 0 and kinds[start - 1] == "by")
        if kind != "member":
            return False
    return False


def _done_by(words: list[str], kinds: list[str | None], start: int) -> bool:
    """`an attack by the Islamic State`, `was shelled by the army`."""
    at = start - 1
    if at >= 0 and words[at].lower() in ("the", "an", "a"):
        at -= 1
    return at > 0 and kinds[at] == "by" and kinds[at - 1] in ("noun", "verb")
