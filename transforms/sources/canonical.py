"""Which source a printed name is.

The order of the rules: the name as a whole is a known alias; it is a body of an area or state; it holds a known name
(`SOHR activists`, `Rami Abdel Rahman, head of the Observatory`: who speaks for a body is that body); it names nobody
(`activists`, `a hospital source`): one row for all of these of a publisher; else it is a row of its own, cut to the name.

Belongs here: these rules. Keep out: finding the printed name in a text (`transforms/reading`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from transforms.sources.bodies import Body, body_of
from transforms.sources.groups import armies
from transforms.sources.keys import name_key
from transforms.sources.known import (
    Source,
    by_name,
    government_of,
    group_aliases,
    groups,
    local_aliases,
    roles,
    source_aliases,
    source_domains,
    source_id,
    state_words,
)
from transforms.sources.phrases import Named, kind_of, role_key, speaker_table, split_words
from transforms.sources.words import any_of

_SCHEME = re.compile(r"^[a-z]+://", re.IGNORECASE)
_HOST = re.compile(r"^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/.*)?$")
_ARTICLE = re.compile(rf"^{any_of('article')}\s+", re.IGNORECASE)
_ASIDE = re.compile(r"(?<!\s)\s*(?:,|\(|\bwho\b|\bwhich\b|(?<=\w)\s+an?\s).*$", re.DOTALL)
_LINK = re.compile(rf"\s{any_of('link')}\s")
_SPACE = re.compile(r"\s+")
_MAX_NAME = 160
_UNKNOWN_PUBLISHER = "unknown publisher"


def _known(name: str) -> Source:
    found = by_name().get(name) or groups().get(name)
    return found if found is not None else Source(source_id(name), name)


def _host(publisher: str) -> str | None:
    text = _SCHEME.sub("", publisher.strip())
    if not _HOST.match(text):
        return None
    return text.split("/")[0].split(":")[0].lower().removeprefix("www.")


@lru_cache(maxsize=2048)
def publisher_source(publisher: str | None) -> Source:
    """Return the source that a publisher is when it asserts a figure itself.

    publisher: a name or a web address (`www.syriahr.com`, `https://sana.sy/en/`). A known source's own site is that source;
    an unknown publisher is a row of its own, kind media.
    """
    if publisher is None or not publisher.strip():
        return Source(source_id(_UNKNOWN_PUBLISHER), _UNKNOWN_PUBLISHER, is_unnamed=True)
    host = _host(publisher)
    if host is not None:
        labels = host.split(".")
        for at in range(len(labels) - 1):
            name = source_domains().get(".".join(labels[at:]))
            if name is not None:
                return _known(name)
        return Source(source_id(host), host, "media")
    alias = source_aliases().get(name_key(publisher)) or group_aliases().get(name_key(publisher))
    if alias is not None:
        return _known(alias)
    shown = _SPACE.sub(" ", publisher.strip())[:_MAX_NAME]
    return Source(source_id(shown), shown, "media")


def unnamed_source(publisher: str | None) -> Source:
    """Return the one row that stands for all unnamed sources of a publisher."""
    name = f"unnamed sources of {publisher_source(publisher).name}"
    return Source(source_id(name), name, is_unnamed=True)


def _best_known(names: list[Named]) -> str | None:
    """Return which of several known names in a phrase is the source: a medium before the party it belongs to (`ISIS, via
    Amaq`), else the first that is no state."""
    if not names:
        return None
    media = [named for named in names if named.kind == "media"]
    others = [named for named in names if not named.name.startswith("Government of ")]
    return (media or others or names)[0].name


def _is_name(word: str) -> bool:
    return word[:1].isupper() and role_key(word) not in roles() and name_key(word) not in state_words()


def _names_nobody(text: str) -> bool:
    """Return whether a phrase gives a role without a name: `activists`, `a source in the al-Suwayda hospital`."""
    words = split_words(_ARTICLE.sub("", text))
    first = next((word for word in words if role_key(word) in roles()), None)
    named = [word for word in words if _is_name(word)]
    if not words or (first is None and not named):
        return True
    if not named or all(word.islower() for word in words):
        return True
    # an unnamed speaker of something that has a name stays unnamed
    return first is not None and _is_unnamed_head(text)


def _person_or_body(text: str) -> str:
    """Return the name cut out of a printed source: without article, aside and the role before it."""
    bare = _ASIDE.sub("", _ARTICLE.sub("", text)).strip(" \"'\u201c\u201d.,:;-")
    words = bare.split(" ")
    last = max((at for at, word in enumerate(words) if role_key(word.strip("'\u2019s,")) in roles() and word.islower()), default=-1)
    behind = " ".join(words[last + 1 :])
    if last >= 0 and behind[:1].isupper():
        return behind
    return bare


@lru_cache(maxsize=16384)
def canonical(source_text: str, source_kind: str | None, publisher: str | None, country_hint: str | None) -> Source:
    """Return the canonical source of a printed attribution.

    source_text: as printed in the article. source_kind: what the reader took it for. publisher: who printed it (unnamed
    sources count once per publisher). country_hint: country of the event, ISO 3166-1 alpha-2.
    """
    text = _SPACE.sub(" ", source_text.strip())[:_MAX_NAME]
    key = name_key(text)
    if not key:
        return unnamed_source(publisher)
    alias = source_aliases().get(key) or (local_aliases().get((key, country_hint)) if country_hint else None) or group_aliases().get(key)
    if alias is not None:
        return _known(alias)
    body = None if _is_unnamed_head(text) else body_of(text, country_hint)
    if body is not None and body.level == "area":
        return _of_body(body)
    words = split_words(text)
    known = _best_known(speaker_table().find(words, text.isupper()))
    if known is not None and not known.startswith("Government of "):
        return _known(known)
    if country_hint:
        local = next((local_aliases()[name_key(w), country_hint] for w in words if (name_key(w), country_hint) in local_aliases()), None)
        if local is not None:
            return _known(local)
    if body is not None:
        return _of_body(body)
    state = state_words().get(key)
    if state is not None and not state.divided:
        return government_of(state)
    if _names_nobody(text):
        return unnamed_source(publisher)
    shown = _person_or_body(text)
    return Source(source_id(shown), shown, source_kind or kind_of(text))


def _of_body(body: Body) -> Source:
    """Return the source that a body is: the lexicon's, where it lists it or the state's army, else one made by the rule."""
    army = armies().get(body.country or "") if body.what == "Armed forces" else None
    name = army or body.name
    alias = source_aliases().get(name_key(name))
    if alias is not None or army is not None:
        return _known(alias or name)
    parent = body.parent_name if body.parent_name != name else None  # a government has none above it
    return Source(source_id(name), name, body.kind, body.country, parent, is_known=True)


def _is_unnamed_head(text: str) -> bool:
    """Return whether the head of the phrase is an unnamed speaker (`a military source in …`, `officials of …`)."""
    head = _LINK.split(_ARTICLE.sub("", text), maxsplit=1)[0]
    found = [roles()[key].form for key in map(role_key, split_words(head)) if key in roles()]
    return bool(found) and found[-1] == "unnamed" and not any(_is_name(word) for word in split_words(head)[-1:])
