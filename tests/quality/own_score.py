"""The scorer of the project's own corpus: detection, strict detection, and the share of each field that is right.

A read figure is the annotated one when outcome and title/text agree and their spans overlap, each counted once. Strict wants the
number and its bound, too. Field shares are over the figures found. Of two phrases one may be the longer (`near Taiz`, `Taiz`).

Belongs here: these definitions. Keep out: reading (`runner.py`).
"""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]
NUMBER = ("count_min", "count_max", "bound")
FIELDS = (
    "victim_text", "victim_status", "relation", "scope", "stance", "source_text", "source_kind", "country", "event_date_start",
    "event_date_end", "place_text",
)  # fmt: skip
_ARTICLES = frozenset({"the", "a", "an"})


def words(text: str | None) -> list[str]:
    """Return the words of a phrase as they are compared: lower case, without articles and punctuation at their ends."""
    return [word for word in ((text or "").lower().strip(" .,;:'\"“”").split()) if word not in _ARTICLES]


def _same_phrase(read: list[str], gold: list[str]) -> bool:
    if not read or not gold:
        return read == gold
    short, long = sorted((read, gold), key=len)
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def same(field: str, read: Record, gold: Record) -> bool:
    """Whether a field of the figure that was read is what was annotated; of two phrases one may stand within the other."""
    if field.endswith("_text"):
        return _same_phrase(words(read.get(field)), words(gold.get(field)))
    return bool(read.get(field) == gold.get(field))


def _same_place(read: Record, gold: Record) -> bool:
    overlap = read["char_start"] < gold["char_end"] and gold["char_start"] < read["char_end"]
    return bool(overlap and read["outcome"] == gold["outcome"] and read["in_title"] == gold["in_title"])


def pairs(read: list[Record], gold: list[Record]) -> list[tuple[Record, Record]]:
    """Return (read, annotated) figures that are the same, each at most once."""
    free, found = list(read), []
    for annotated in gold:
        match = next((figure for figure in free if _same_place(figure, annotated)), None)
        if match is not None:
            free.remove(match)
            found.append((match, annotated))
    return found


def is_strict(read: Record, gold: Record) -> bool:
    """Whether the number and its bound are right."""
    return all(same(field, read, gold) for field in NUMBER)


def f1(hits: int, n_read: int, n_gold: int) -> float:
    """Return the harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
    return 2 * hits / (n_read + n_gold) if n_read + n_gold else 1.0


def score(lines: list[Record], records: list[Record]) -> dict[str, Any]:
    """Return precision, recall, f1, strict_f1, the share of each field over figures found, and of article totals that are right."""
    by_id = {line["article_id"]: line for line in lines}
    found: list[tuple[Record, Record]] = []
    n_read = n_gold = 0
    totals: list[bool] = []
    for record in records:
        line = by_id[record["article_id"]]
        found += pairs(line["figures"], record["figures"])
        n_read, n_gold = n_read + len(line["figures"]), n_gold + len(record["figures"])
        totals += [total_of(line, outcome) == record["totals"][outcome] for outcome in ("killed", "injured")]
    return {
        "precision": len(found) / max(1, n_read),
        "recall": len(found) / max(1, n_gold),
        "f1": f1(len(found), n_read, n_gold),
        "strict_f1": f1(sum(is_strict(*pair) for pair in found), n_read, n_gold),
        "totals": sum(totals) / max(1, len(totals)),
        "fields": {field: sum(same(field, *pair) for pair in found) / max(1, len(found)) for field in FIELDS},
    }


def total_of(line: Record, outcome: str) -> int | None:
    """Return the main incident's number for an outcome as the annotation has it: the lowest, else the highest; null when none is said."""
    said = line["main_incident"].get(outcome)
    if said is None:
        return None
    number: int | None = said["count_min"] if said["count_min"] is not None else said["count_max"]
    return number
