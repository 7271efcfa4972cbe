"""Which armed group, army or side a phrase for victims or attackers names.

Belongs here: phrases to canonical names of `groups.csv`. Keep out: whether they are combatants (`reading/people.py`).
"""

from __future__ import annotations

from functools import lru_cache

from transforms.sources.keys import name_key
from transforms.sources.known import State, group_aliases, groups, roles, state_words
from transforms.sources.phrases import group_table, role_key, split_words

# Names of armies in the lexicon end so; a state's army is found by them.
_ARMY_ENDINGS = ("army", "military", "forces")


@lru_cache(maxsize=1)
def armies() -> dict[str, str]:
    """Return country -> name of its army in the lexicon."""
    found: dict[str, str] = {}
    for name, group in groups().items():
        if group.kind == "military" and group.country and name.endswith(_ARMY_ENDINGS):
            found.setdefault(group.country, name)
    return found


def _state_of(words: list[str]) -> tuple[int, State] | None:
    """Return the first word that is a state's adjective or name, and the state."""
    for at, word in enumerate(words):
        for size in (2, 1):
            state = state_words().get(name_key(" ".join(words[at : at + size])))
            if state is not None and word[:1].isupper():
                return at, state
    return None


@lru_cache(maxsize=8192)
def group_name(text: str) -> str | None:
    """Return the canonical name of the group, army or side in a phrase (`Daesh militants` -> ISIS, `Syrian soldiers` ->
    Syrian army); None when it names none. A state's soldiers are its army; police and officials are no group."""
    key = name_key(text)
    if key in group_aliases() and (len(key) > 2 or text.isupper()):
        return group_aliases()[key]
    words = split_words(text)
    found = group_table().find(words, text.isupper() and len(words) > 1)
    if found:
        return found[0].name
    stated = _state_of(words)
    if stated is None:
        return None
    at, state = stated
    following = [roles().get(role_key(word)) for word in words[at + 1 :]]
    if any(role is not None and role.kind == "military" and role.weight == 3 and role.form != "part" for role in following):
        return armies().get(state.country) or (f"{state.adjectives[0]} army" if state.adjectives else None)
    return None
