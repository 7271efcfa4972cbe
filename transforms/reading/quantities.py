"""Step: find the number phrases of every sentence that passed the gate.

A number phrase is a number, a vague word or a range with the modifiers around it (`at least another 12`, `tens of
thousands`, `between 20 and 30`). Numbers that are plainly no counts (dates, clock times, ages, money, names such as
`Brigade 52`) are left out and noted as dropped.

Belongs here: finding number phrases. Keep out: what they count (`people.py`) and their bounds (`bounds.py`).
"""

from __future__ import annotations

from functools import lru_cache

from transforms.lexicon import load
from transforms.reading.document import Document, Dropped, Sentence
from transforms.reading.marks import Quantity
from transforms.reading.numbers import CLASSES, Number, number_at, number_words
from transforms.reading.shares import share_at, share_starts
from transforms.reading.traps import not_a_count
from transforms.reading.vocabulary import cues, function_words

_MODIFIERS = ("at_least", "more_than", "at_most", "fewer_than", "about_under", "about", "exact_mod")
_DASHES = ("-", "\u2010", "\u2011", "\u2013", "\u2014", "\u2015", "~")
MAX_QUANTITIES = 60  # per sentence: a table of numbers is no report


@lru_cache(maxsize=1)
def _modifiers() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str], dict[tuple[str, ...], int]]:
    before: dict[tuple[str, ...], str] = {}
    after: dict[tuple[str, ...], str] = {}
    vague: dict[tuple[str, ...], int] = {}
    for entry in load("quantities", CLASSES):
        words = tuple(entry.term.split())
        if entry.term_class in _MODIFIERS:
            before[words] = entry.term_class
        elif entry.term_class == "or_more":
            after[words] = "about" if entry.term == "or so" else "at_least"
        elif entry.term_class == "vague_phrase":
            vague[words] = int(entry.extra["low"])
    return before, after, vague


@lru_cache(maxsize=1)
def _starts() -> frozenset[str]:
    """Every word that a number phrase can start with, digits and hyphenated words left out."""
    words = number_words()
    tables = (words.unit, words.ten, words.scale, words.group, words.vague, words.exact_word)
    return frozenset(word for table in tables for word in table) | {phrase[0] for phrase in _modifiers()[2]} | share_starts()


def _range(lowers: list[str], number: Number) -> tuple[Number, int]:
    """Extend to `20 to 30`, `two or three`, `between 20 and 30`; returns the number and where its phrase starts."""
    joiner = number.end
    if number.kind == "range" or joiner + 1 >= len(lowers):
        return number, number.start
    between = number.start > 0 and lowers[number.start - 1] in ("between", "from")
    if between and set(lowers[max(0, number.start - 4) : number.start - 1]) & (cues("rose") | cues("fell")):
        # `rose from 183 to 215`: two tolls
        return number, number.start
    if lowers[joiner] in ("to", "or", "-", "–") or (lowers[joiner] == "and" and between and lowers[number.start - 1] == "between"):
        # `between 120 and more than 400`
        modified = next((n for n in (3, 2, 1) if between and tuple(lowers[joiner + 1 :][:n]) in _modifiers()[0]), 0)
        upper = number_at(lowers, joiner + 1 + modified)
        if upper is not None and upper.low > number.high and (lowers[joiner] != "or" or upper.low <= number.low * 3 + 3):
            start = number.start - 1 if between else number.start
            return Number(number.start, upper.end, number.low, upper.high, "range"), start
    return number, number.start


def _modified(lowers: list[str], start: int) -> tuple[int, str | None]:
    """Walk left over modifiers; returns where the phrase starts and the class of the binding modifier."""
    before, _, _ = _modifiers()
    found: str | None = None
    for _ in range(3):
        for length in range(min(5, start), 0, -1):
            key = tuple(lowers[start - length : start])
            if key in before:
                start -= length
                if found in (None, "exact_mod"):
                    found = before[key]
                break
        else:
            break
    return start, found


def _vague(lowers: list[str], i: int) -> tuple[int, int] | None:
    """A vague word at token i: (end, lowest count), with `tens of thousands`, `several hundred`, `dozens more`."""
    words, (_, _, phrases) = number_words(), _modifiers()
    for length in (4, 3, 2):
        key = tuple(lowers[i : i + length])
        if len(key) == length and key in phrases and i > 0 and lowers[i - 1] in ("a", "an", "large", "huge", "great", "any"):
            return i + length, phrases[key]
    low = words.vague.get(lowers[i])
    if low is None or (lowers[i] == "few" and (i == 0 or lowers[i - 1] not in ("a", "the", "very", "quite"))):
        return None
    if lowers[i] == "tens" and (i + 1 >= len(lowers) or lowers[i + 1] != "of"):
        return None
    if lowers[i] == "many" and i > 0 and lowers[i - 1] in ("how", "as", "so", "too"):
        return None
    end = i + 1
    if end + 1 < len(lowers) and lowers[end] == "of" and lowers[end + 1] in words.vague:
        factor = words.vague[lowers[end + 1]] // 2
        return end + 2, (20 if lowers[i] == "tens" else 200) * factor
    if end < len(lowers) and lowers[end] in words.scale:
        return end + 1, low * words.scale[lowers[end]]
    if end < len(lowers) and lowers[end] == "dozen":
        return end + 1, low * 12
    return end, low


def _share(lowers: list[str], i: int) -> Quantity | None:
    start, modifier = _modified(lowers, i)
    share = share_at(lowers, i, modifier)
    if share is not None:
        share.start, share.modifier = start, share.modifier or modifier
    return share


def _are_people(sentence: Sentence, i: int) -> bool:
    """`twins were killed`, `her twins`: no team of that name, and not `two sets of twins`, `the twins' mother`."""
    named = sentence.words[i][0].isupper() and i > 0
    return not named and sentence.lowers[i - 1 : i] != ["of"] and sentence.lowers[i + 1 : i + 2] not in (["'"], ["’"])


def _says_which(sentence: Sentence, i: int) -> bool:
    """Whether the word before `couple` says what kind of two people they are."""
    return sentence.lowers[i] in cues("couple_kind") or sentence.words[i].istitle()


def _quantity(sentence: Sentence, i: int, document: Document) -> tuple[Quantity | None, int]:
    """Return the quantity whose core starts at token i and the token to go on from."""
    lowers = sentence.lowers
    words = number_words()
    share = _share(lowers, i) if lowers[i] in share_starts() else None
    if share is not None:
        return share, share.end
    vague = _vague(lowers, i)
    if vague is not None:
        end, low = vague
        start, _ = _modified(lowers, i)
        while lowers[i] not in cues("bare_vague") and start > max(0, i - 3) and lowers[start - 1] in cues("before_vague"):
            start -= 1
        return Quantity(start, end, i, end, low, None, "vague", None), end
    if lowers[i] == "couple" and i > 1 and _says_which(sentence, i - 1) and lowers[i - 2] in ("a", "an", "another"):
        # `an elderly couple`, `a Spanish couple`
        return Quantity(i - 2, i + 1, i, i + 1, 2, 2, "word"), i + 1
    if lowers[i] in words.exact_word and not (lowers[i] in ("couple", "pair") and (i == 0 or lowers[i - 1] not in ("a", "another"))):
        if lowers[i] in cues("born_together") and not _are_people(sentence, i):
            return None, i + 1
        start = i - 1 if i and lowers[i - 1] == "a" else i
        value = words.exact_word[lowers[i]]
        return Quantity(start, i + 1, i, i + 1, value, value, "word"), i + 1
    number = number_at(lowers, i)
    if number is None:
        return None, i + 1
    reason = not_a_count(sentence, number)
    if reason is not None:
        document.dropped.append(
            Dropped(sentence.in_title, sentence.starts[number.start], sentence.ends[number.end - 1], f"{sentence.words[i]}: {reason}")
        )
        return None, number.end
    number, start = _range(lowers, number)
    if start > 0 and lowers[start - 1] == "a" and (lowers[start] in words.group or lowers[start] in words.scale):
        start -= 1
        if start > 0 and lowers[start - 1] == "half" and lowers[start + 1] in words.group:
            half = words.group[lowers[start + 1]] // 2
            number, start = Number(number.start, number.end, half, half, "word"), start - 1
    start, modifier = _modified(lowers, start)
    return Quantity(start, number.end, number.start, number.end, number.low, number.high, number.kind, modifier), number.end


def _with_tail(lowers: list[str], quantity: Quantity) -> Quantity:
    """Take in what stands after the number: `or more`, `or so`, `more`."""
    _, after, _ = _modifiers()
    end = quantity.end
    for length in (3, 2):
        key = tuple(lowers[end : end + length])
        if len(key) == length and key in after:
            quantity.end = end + length
            quantity.modifier = quantity.modifier or after[key]
            return quantity
    if end < len(lowers) and lowers[end] == "more" and (end + 1 >= len(lowers) or lowers[end + 1] != "than"):
        quantity.end = end + 1
    return quantity


def quantities(document: Document) -> Document:
    """Fill `marks[sentence].quantities` of every sentence that passed the gate."""
    functions = function_words()
    for index, marks in document.marks.items():
        sentence = document.sentences[index]
        marks.quantities = _of_sentence(sentence, document, functions)
    return document


def _of_sentence(sentence: Sentence, document: Document, functions: dict[str, frozenset[str]]) -> list[Quantity]:
    found: list[Quantity] = []
    lowers, starts, following = sentence.lowers, _starts(), 0
    dashes = ("-", "~") if sentence.text.isascii() else _DASHES
    # most words can be no number: look no further
    for i in [i for i, word in enumerate(lowers) if word in starts or word[0].isdigit() or any(dash in word for dash in dashes)]:
        word = lowers[i]
        closed = word in functions and word not in ("second", "both", "many", "few", "several", "one")
        if i < following or (closed and (word not in share_starts() or _share(lowers, i) is None)):
            continue
        if len(found) >= MAX_QUANTITIES:
            break
        quantity, following = _quantity(sentence, i, document)
        if quantity is not None:
            if found and quantity.start < found[-1].end:
                quantity.start = max(quantity.core_start, found[-1].end)
            quantity = _with_tail(lowers, quantity)
            found.append(quantity)
            following = max(following, quantity.end)
    return found
