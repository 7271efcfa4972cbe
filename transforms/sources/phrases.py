"""Finding known names, and the kind of source, in a phrase.

Belongs here: looking up the longest known name in a run of words, and the kind that names and role words make.
Keep out: where in a text a phrase is a source (`transforms/reading/attribution_speakers.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from transforms.sources.keys import name_key
from transforms.sources.known import by_name, case_sensitive, group_aliases, groups, roles, source_aliases, state_words

_POSSESSIVE = re.compile(r"['\u2019]s$", re.IGNORECASE)
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-'\u2019.][^\W_]+)*")
_DECIDES = 3
# What serves rescue, health or police under this name is no medium: `the civil defence agency`.
_SERVICES = frozenset({"agency", "agencies"})
_SERVED = frozenset({"rescue", "medical", "police", "un", "ngo", "military"})
MAX_WORDS_OF_NAME = 12
# What may stand between the words of a name.
_INSIDE = frozenset({"'s", "\u2019s", "-", "&", "/", "the", "The"})


@dataclass(frozen=True, slots=True)
class Named:
    """A known name in a run of words: its positions [start, end), its canonical name and the kind of source it is."""

    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class NameTable:
    """Known names for looking up in running words. names: name key -> (canonical name, kind of source). longest: first word of
    a key -> length in words of the longest key that begins with it."""

    names: dict[str, tuple[str, str]]
    longest: dict[str, int]

    @classmethod
    def of(cls, names: dict[str, tuple[str, str]]) -> NameTable:
        """Return the table of the names."""
        longest: dict[str, int] = {}
        for key in names:
            words = key.split()
            if words:
                longest[words[0]] = max(longest.get(words[0], 0), min(len(words), MAX_WORDS_OF_NAME))
        return cls(names, longest)

    def at(self, words: Sequence[str], start: int, all_caps: bool) -> Named | None:
        """Return the longest name that begins at `start`."""
        longest = self.longest.get(_opening(words[start]))
        if not longest:
            return None
        parts: list[str] = []
        best: Named | None = None
        for end in range(start, min(len(words), start + longest + 2)):
            key = name_key(words[end])
            if key:
                parts.extend(key.split())
            elif words[end] not in _INSIDE:
                break
            if key and len(parts) <= longest:
                found = self.names.get(" ".join(parts))
                if found and _matches(" ".join(parts), words[start : end + 1], all_caps):
                    best = Named(start, end + 1, *found)
        return best

    def find(self, words: Sequence[str], all_caps: bool = False) -> list[Named]:
        """Return the names among the words, from the left, the longest at each place, not overlapping."""
        found: list[Named] = []
        at = 0
        while at < len(words):
            named = self.at(words, at, all_caps) if words[at] in self.longest or _may_open(words[at]) else None
            if named is None:
                at += 1
            else:
                found.append(named)
                at = named.end
        return found


@lru_cache(maxsize=20_000)
def _opening(word: str) -> str:
    """Return the first word of a word's key, an empty string when it has none."""
    return name_key(word).partition(" ")[0]


def _may_open(word: str) -> bool:
    """Return whether a word can open a known name: a cheap look, so that most words are never folded."""
    return word[:1].isupper() or word[:1].isdigit() or "-" in word


@lru_cache(maxsize=1)
def group_table() -> NameTable:
    """Return the names of groups, armies and sides."""
    return NameTable.of({key: (name, groups()[name].kind or "other") for key, name in group_aliases().items()})


@lru_cache(maxsize=1)
def speaker_table() -> NameTable:
    """Return the names of all that can speak: known sources, and groups where no source has the name."""
    return NameTable.of({**group_table().names, **{key: (name, by_name()[name].kind or "other") for key, name in source_aliases().items()}})


def _matches(key: str, words: Sequence[str], all_caps: bool) -> bool:
    """Return whether the words may be that name: acronyms in capitals, other names with a capital first letter."""
    if all_caps:
        return True
    first = words[0]
    if key in case_sensitive():
        return all(word.replace(".", "").isupper() for word in words)
    return first[:1].isupper() or first[:1].isdigit() or len(words) > 1


def split_words(phrase: str) -> list[str]:
    """Return the words of a phrase, possessive endings cut off."""
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(phrase)]


def role_key(word: str) -> str:
    """Return the key under which a word stands in the roles: lower case, a run-on possessive s of a known role cut."""
    low = word.lower()
    return low[:-1] if low not in roles() and low.endswith("s") and low[:-1] in roles() else low


@lru_cache(maxsize=4096)
def kind_of(phrase: str) -> str | None:
    """Return the kind of source that the words of a phrase make; None when nothing in it says one.

    A medium at the head of the phrase and known names decide first (`opposition websites` are media), then role words by their
    weight, the last of equal weight (`army hospital` is medical), then a bare state (`Russia`: government). Rulings: the
    evaluation's guidelines, `source_kind`.
    """
    words = split_words(phrase)
    best, weight = None, 0
    head = roles().get(role_key(words[-1])) if words else None
    others = {role.kind for role in (roles().get(role_key(word)) for word in words[:-1]) if role is not None and role.weight > 1}
    named = {n.kind for n in speaker_table().find(words[:-1], phrase.isupper())}
    served = bool((others | named) & _SERVED) and "media" not in others | named
    if head is not None and head.kind == "media" and head.weight == _DECIDES and not (served and role_key(words[-1]) in _SERVICES):
        return "media"
    known = [n for n in speaker_table().find(words, phrase.isupper()) if len(words) <= 2 or not n.name.startswith("Government of ")]
    if known:
        return next((named.kind for named in known if named.kind == "media"), known[0].kind)
    for word in (*words, *(f"{first} {second}" for first, second in pairwise(words))):
        role = roles().get(role_key(word))
        if role and role.weight >= weight and not (served and role_key(word) in _SERVICES):
            best, weight = role.kind, role.weight
    if best is None and words and name_key(" ".join(words)) in state_words():
        return "government"
    return best
