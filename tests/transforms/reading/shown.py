"""What each step of the reader did, in a compact form that fixtures can hold and people can read.

One line a figure, phrase or word, for instance `at least 12 = 12.. at_least` (bounds) or `killed 12 [passive]` (attachment). Open
ends are left out (`12..` has no upper end).

Belongs here: running the steps up to one, and showing its result. Keep out: expectations (the fixtures).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from transforms.reading.document import Article, Document, Figure
from transforms.reading.reader import STEPS

Shown = list[str]


def run(step: str, text: str, title: str | None = None, published_on: str | None = None) -> Document:
    """Run the steps up to and with the one of that name over a text, all of which is body."""
    day = date.fromisoformat(published_on) if published_on else None
    document = Document(Article("a", text, title, published_on=day, read_spans=((0, len(text)),)))
    for function in STEPS:
        document = function(document)
        if function.__name__ == step:
            return document
    raise KeyError(step)


def _words(document: Document, sentence_index: int, start: int, end: int) -> str:
    sentence = document.sentences[sentence_index]
    return sentence.text[sentence.starts[start] - sentence.start : sentence.ends[end - 1] - sentence.start]


def _range(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _sentences(document: Document) -> Shown:
    return [("title: " if s.in_title else "") + s.text for s in document.sentences]


def _outcomes(document: Document) -> Shown:
    found = []
    for index, marks in sorted(document.marks.items()):
        for t in marks.triggers:
            marked = [t.outcome, t.form, t.voice] + ["negated"] * t.negated + ["hypothetical"] * t.hypothetical
            found.append(f"{_words(document, index, t.group_start, t.end)} = {' '.join(marked)}")
    return found


def _quantities(document: Document) -> Shown:
    found = []
    for index, marks in sorted(document.marks.items()):
        for q in marks.quantities:
            modifier = f" {q.modifier}" if q.modifier else ""
            found.append(f"{_words(document, index, q.start, q.end)} = {_range(q.low, q.high)} {q.kind}{modifier}")
    return found + [f"dropped {d.why}" for d in document.dropped]


def _people(document: Document) -> Shown:
    found = []
    for index, marks in sorted(document.marks.items()):
        for p in marks.phrases:
            named = " named" if p.named and p.det != "name" else ""
            found.append(f"{_words(document, index, p.start, p.end)} = {p.kind} {p.det}{named}")
    return found


def _bound(figure: Figure) -> str:
    return f"{_range(figure.count_min, figure.count_max)} {figure.bound}"


def _attachment(document: Document) -> Shown:
    return [f"{f.outcome} {f.quantity_text} [{f.rule}]" for f in document.figures]


def _bounds(document: Document) -> Shown:
    return [f"{f.quantity_text} = {_bound(f)}" for f in document.figures]


def _relations(document: Document) -> Shown:
    found = []
    for figure in document.figures:
        words = f"{figure.outcome} {figure.quantity_text}"
        if figure.relation == "part_of":
            whole = document.figures[figure.part_of].quantity_text if figure.part_of is not None else "a total that is not stated"
            words += f" part of {whole}"
        if figure.supersedes is not None:
            words += f" supersedes {document.figures[figure.supersedes].quantity_text}"
        found.append(words + (f" {figure.trend}" if figure.trend else ""))
    return found


def _victims(document: Document) -> Shown:
    found = []
    for f in document.figures:
        marked = [f.victim_status, f.status_basis, f.victim_side, f.role, f.demographic, f.victim_group and f"of {f.victim_group}"]
        cause = f"; {f.cause_kind}" + (f" by {f.weapon_text}" if f.weapon_text else "")
        marked_words = " ".join(m for m in marked if m) + (" named" if f.named_person else "")
        found.append(f"{f.quantity_text} | {f.victim_text or '-'} = {marked_words}{cause}")
    return found


def _everyday(document: Document) -> Shown:
    return [f"{f.outcome} {f.quantity_text}" for f in document.figures] + [f"dropped {d.why}" for d in document.dropped]


def _main_incident(document: Document) -> Shown:
    found = []
    for outcome in ("killed", "injured"):
        total = document.main_incident[outcome]
        if total is not None:
            found.append(f"{outcome} {_range(total['count_min'], total['count_max'])}")
    return found


def _left_out(document: Document) -> Shown:
    return [d.why for d in document.dropped]


SHOWS: dict[str, Callable[[Document], Shown]] = {
    "sentences": _sentences,
    "outcomes": _outcomes,
    "quantities": _quantities,
    "people": _people,
    "attachment": _attachment,
    "bounds": _bounds,
    "relations": _relations,
    "victims": _victims,
    "figurative": _everyday,
    "everyday": _everyday,
    "wholes": _relations,
    "companions": _victims,
    "main_incident": _main_incident,
    "left_out": _left_out,
}


def shown(step: str, text: str, title: str | None = None, published_on: str | None = None) -> Shown:
    """Return what the step did with a text, in the compact form."""
    return SHOWS[step](run(step, text, title, published_on))
