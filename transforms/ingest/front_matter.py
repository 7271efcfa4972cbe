"""The front matter of an article file: `---`, lines of `key: value`, `---`, then the text.

Known keys are those of `records.build`. A file that merely begins with a rule (`---`) has no front matter.

Belongs here: splitting it off. Keep out: checking the values (`records.py`).
"""

from __future__ import annotations

import re

_FENCE = "---"
_LINES_MAX = 40
_PAIR = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_NOTHING = frozenset({"", "null", "~", "none"})


def _value(written: str | None) -> str | None:
    text = (written or "").strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return None if text.lower() in _NOTHING else text


def split_front_matter(content: str) -> tuple[dict[str, str | None], str]:
    """Return the fields of the front matter ({} when there is none) and the text below it.

    Keys are lower case; a quoted value is taken out of its quotes; an empty one, `null` and `~` are None. Lines that
    start with `#` are comments. Any other line that is no `key: value` means that this is no front matter.
    """
    lines = content.split("\n", _LINES_MAX + 1)
    if lines[0].strip() != _FENCE:
        return {}, content
    fields: dict[str, str | None] = {}
    offset = len(lines[0]) + 1
    for line in lines[1 : _LINES_MAX + 1]:
        offset += len(line) + 1
        bare = line.strip()
        if bare == _FENCE:
            return (fields, content[offset:].lstrip("\r\n")) if fields else ({}, content)
        pair = _PAIR.fullmatch(bare)
        if pair is not None:
            fields[pair.group(1).lower()] = _value(pair.group(2))
        elif bare and not bare.startswith("#"):
            return {}, content
    return {}, content
