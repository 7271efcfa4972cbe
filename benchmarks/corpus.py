"""Many articles made from few: the corpus of the load test, written anew each time, never kept in the project.

Each article is the beginning of one text and the end of another of the same set, its numbers and days moved, so that its words
stand nowhere else. A thousand articles share a day of publication, however many there are in all: a bigger corpus is a longer
time, not a denser one. A twentieth are the same article again, another twentieth the same words under another publisher.

A text that prints no day gets one at its beginning (`On 14 January 2021, …`). Two thirds of the texts that tell of attacks are summaries
from data sets that keep the day beside the text, not in it, and in a handful of forms of words. Without a day, all that are
published within two weeks of each other could be one incident as far as they say, and are linked in hundreds. `undated` leaves
them so: a harder corpus than news, to be measured as well.

Belongs here: making articles from texts. Keep out: running anything on them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.texts import EVALUATION, examples

FIRST_DAY = date(2021, 1, 1)
A_DAY = 1000  # articles of one day of publication
AGAIN, REPRINTED = 0.05, 0.05
REMEMBERED = 500  # articles of which one comes again, or is reprinted
N_PUBLISHERS = 400
FILES = (
    "acled.jsonl",
    "airwars_gaza.jsonl",
    "airwars_syria.jsonl",
    "claims_gold.jsonl",
    "gtd.jsonl",
    "gva.jsonl",
    "muc34.jsonl",
    "rand.jsonl",
    "load/bbc_news.jsonl",
    "load/reuters21578.jsonl",
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(?:(?P<d1>\d{{1,2}}) (?P<m1>{_MONTHS}) (?P<y1>\d{{4}})|(?P<m2>{_MONTHS}) (?P<d2>\d{{1,2}}), (?P<y2>\d{{4}}))\b")
_TELLS_DAY = re.compile(rf"\b(?:{_MONTHS}|{_MONTHS.upper()}|\w+day|\w+DAY|tonight|overnight|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})\b")
_COUNT = re.compile(r"\b[1-9]\d{1,2}\b(?= [a-z])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def base_texts(evaluation: Path = EVALUATION) -> list[list[str]]:
    """Return the texts of each set; without the evaluation's folder those of the example articles."""
    files = [evaluation / name for name in FILES]
    found = [[json.loads(line)["text"] for line in path.open(encoding="utf-8")] for path in files if path.is_file()]
    return found or [[article.text for article in examples()]]


def articles(
    n: int, seed: int = 1, *, first: int = 0, bases: Sequence[Sequence[str]] | None = None, undated: bool = False
) -> Iterator[dict[str, Any]]:
    """Yield n records as `casualties run` takes them, the same for the same seed.

    first: number of the first one, for later days of the same corpus: ids and days go on from there. undated: leave texts without
    a day as they are.
    """
    random = Random(f"{seed}-{first}")
    sets = bases if bases is not None else base_texts()
    weights = [len(texts) for texts in sets]
    known: list[dict[str, Any]] = []
    for number in range(first, first + n):
        chance = random.random()
        if known and chance < AGAIN:
            yield random.choice(known)
            continue
        if known and chance < AGAIN + REPRINTED:
            record = {**random.choice(known), "article_id": f"load-{number}", "publisher": _publisher(random)}
        else:
            texts = sets[random.choices(range(len(sets)), weights)[0]]
            day = FIRST_DAY + timedelta(days=number // A_DAY)
            text = _varied(random, random.choice(texts), random.choice(texts), day, undated)
            record = {"article_id": f"load-{number}", "publisher": _publisher(random), "published_on": day.isoformat(), "text": text}
        known = [*known[-REMEMBERED:], record]
        yield record


def write(
    path: Path, n: int, seed: int = 1, *, first: int = 0, bases: Sequence[Sequence[str]] | None = None, undated: bool = False
) -> Path:
    """Write n articles as JSON lines and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for record in islice(articles(n, seed, first=first, bases=bases, undated=undated), n):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


def _publisher(random: Random) -> str:
    return f"Paper {random.randrange(N_PUBLISHERS)}"


def _varied(random: Random, head: str, tail: str, day: date, undated: bool) -> str:
    """Return the first half of one text's sentences and the second half of the other's, numbers and days moved, and a day told
    where none is."""
    front, back = _SENTENCE.split(head), _SENTENCE.split(tail)
    mixed = " ".join([*front[: (len(front) + 1) // 2], *back[(len(back) + 1) // 2 :]])
    factor = random.uniform(0.6, 1.6)
    moved = _COUNT.sub(lambda found: str(max(2, round(int(found.group()) * factor))), mixed)
    told = day - timedelta(days=random.randrange(4))
    if not undated and not _TELLS_DAY.search(moved):
        return f"On {told.day} {told:%B} {told.year}, {moved}"
    return _DAY.sub(lambda found: _same_form(found, told), moved)


def _same_form(found: re.Match[str], day: date) -> str:
    month = f"{day:%B}"
    return f"{day.day} {month} {day.year}" if found["d1"] else f"{month} {day.day}, {day.year}"
