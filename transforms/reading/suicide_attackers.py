"""Step: count suicide attackers whose death the text does not state; an option, off by default.

`A suicide bomber blew himself up outside a mosque, killing nine`: some databases count ten dead. With the option
`count_suicide_attackers` the first such attackers of an article are one more figure, whose rule is `suicide_attacker`.
An attack that failed, or attackers whose death is stated, add nothing.

Belongs here: that figure. Keep out: deaths that are stated (`attachment.py`).
"""

from __future__ import annotations

from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.marks import Marks
from transforms.reading.numbers import number_at
from transforms.reading.tokens import tokenize
from transforms.reading.vocabulary import cues

RULE = "suicide_attacker"
_BEFORE, _BEHIND = 3, 4  # tokens from the number to `suicide`, and from there to the noun


def suicide_attackers(document: Document) -> Document:
    """Add a figure for the first suicide attackers of the body, where the option is on and no figure counts them already."""
    if not document.options.count_suicide_attackers or any(_is_attacker(f, document) for f in document.figures):
        return document
    for sentence in document.sentences:
        if sentence.in_title or "suicide" not in sentence.text.lower():
            continue
        figure = _figure(tokenize(sentence))
        if figure is not None:
            document.marks.setdefault(sentence.index, Marks())
            document.figures.append(figure)
            document.figures.sort(key=lambda f: (not f.in_title, f.char_start, f.outcome))
            return document
    return document


def _is_attacker(figure: Figure, document: Document) -> bool:
    """Whether a figure of the dead counts attackers: `the bomber died`, `killing himself`."""
    words = document.sentences[figure.sentence_index].lowers[slice(*figure.victim_tokens)]
    return figure.outcome == "killed" and not (cues("suicide_attacker") | cues("reflexive")).isdisjoint(words)


def _figure(sentence: Sentence) -> Figure | None:
    """The attackers of one sentence; None where it tells of none, or of an attack that did not take place."""
    lowers = sentence.lowers
    if cues("suicide_act").isdisjoint(lowers) or not cues("suicide_failed").isdisjoint(lowers):
        return None
    at = lowers.index("suicide") if "suicide" in lowers else -1
    noun = next((i for i in range(at + 1, min(at + 1 + _BEHIND, len(lowers))) if lowers[i] in cues("suicide_attacker")), None)
    if at < 0 or noun is None:
        return None
    first, count = _count(lowers, at, noun)
    start, end = sentence.starts[first], sentence.ends[first]
    return Figure(
        sentence_index=sentence.index,
        in_title=False,
        char_start=start,
        char_end=end,
        quantity_text=sentence.text[start - sentence.start : end - sentence.start],
        outcome="killed",
        rule=RULE,
        sentence=sentence.text,
        quantity_tokens=(first, first + 1),
        victim_tokens=(first, noun + 1),
        outcome_tokens=(at, noun + 1),
        count_stated=count,
        count_min=count,
        count_max=count,
    )


def _count(lowers: list[str], at: int, noun: int) -> tuple[int, int]:
    """The token that says how many, and the number: `two` or `a` before `suicide`, else the noun itself for one."""
    for i in range(max(0, at - _BEFORE), at):
        number = number_at(lowers, i)
        if number is not None and number.low == number.high and number.end == i + 1 and number.low > 0:
            return i, number.low
        if lowers[i] in ("a", "an"):
            return i, 1
    return noun, 1
