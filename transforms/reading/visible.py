"""The text as a reader sees it, and the way back to the stored one.

Marks of direction, zero-width spaces, soft hyphens, byte order marks and control characters stand around and inside words without
being seen; dashes and number marks have many forms. All steps read a copy without the first and with one form of the second; offsets
and quoted words are then led back to the text as stored.

Belongs here: which characters are not seen, and the map of offsets. Keep out: any rule of reading.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# Unicode's default ignorable characters, and NUL, which stands for nothing; other control characters part words
_CONTROLS = tuple(chr(code) for code in (*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F))
_HIDDEN = (
    "\x00\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
_ANY_HIDDEN = re.compile(f"[{_HIDDEN}]")
# one character for one, so that offsets stay: hyphens and minus signs, Arabic thousands and decimal marks, control characters
_FORMS = dict.fromkeys("‐‑‒−﹘﹣－", "-") | dict.fromkeys(_CONTROLS, " ") | {"\u066c": ",", "\u066b": "."}
# a Mac's apostrophe read as Latin-1: a capital inside a word in lower case is no letter
_MAC_APOSTROPHE = re.compile("(?<=[a-z])Õ(?=[a-z])")
_NOTHING: tuple[int, ...] = ()
_FORM = re.compile(f"[{''.join(_FORMS)}]")


@dataclass(frozen=True, slots=True)
class Visible:
    """The text as it is read. before: for every hidden character, how many characters of `text` stand before it."""

    text: str
    before: Sequence[int]

    def stored(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the stored text that a span of `text` comes from; it neither begins nor ends with hidden characters."""
        if not self.before:
            return start, end
        first = start + bisect_right(self.before, start)
        return first, max(first, end - 1 + bisect_right(self.before, end - 1) + 1)

    def seen(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of `text` that a span of the stored text has become: without what is hidden."""
        return self._seen(start), self._seen(end)

    def _seen(self, offset: int) -> int:
        """Move an offset left by as many characters as are hidden before it: hidden character k stands at before[k] + k when stored."""
        low, high = 0, len(self.before)
        while low < high:
            middle = (low + high) // 2
            if self.before[middle] + middle < offset:
                low = middle + 1
            else:
                high = middle
        return offset - low


def visible(text: str) -> Visible:
    """Return the text without hidden characters and with one form of dashes and number marks; linear in its length."""
    # for so few characters, looking for one after the other is seven times as fast as a pattern
    if text.isascii() and "\x00" not in text and not any(control in text for control in _CONTROLS):
        return Visible(text, _NOTHING)
    plain = _FORM.sub(lambda match: _FORMS[match.group()], text) if _FORM.search(text) else text
    plain = _MAC_APOSTROPHE.sub("’", plain) if "Õ" in plain else plain
    if _ANY_HIDDEN.search(plain) is None:
        return Visible(plain, _NOTHING)
    before = array("q", (match.start() - count for count, match in enumerate(_ANY_HIDDEN.finditer(plain))))
    return Visible(_ANY_HIDDEN.sub("", plain), before)
