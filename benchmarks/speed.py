"""Speed of reading: of whole sets, of each step, with one worker and with two.

Belongs here: timing our reader in this process and its workers. Keep out: memory and start-up (`process.py`), layout
(`__main__.py`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.texts import TextSet
from transforms.places.index import open_index
from transforms.reading.bulk import read_many
from transforms.reading.document import Article, Document, PlaceIndex
from transforms.reading.reader import STEPS, read

WARM_UP = 60  # articles read before the clock starts: lexicons are loaded, patterns compiled
RUNS = 3


@dataclass(frozen=True, slots=True)
class Speed:
    """CPU seconds of reading a set on one core (median of the runs), and its size."""

    seconds: float
    megabytes: float
    texts: int

    @property
    def megabytes_a_second(self) -> float:
        """10^6 bytes of text a second."""
        return self.megabytes / self.seconds

    @property
    def texts_a_second(self) -> float:
        """Articles a second."""
        return self.texts / self.seconds


def one_core(texts: TextSet, places_file: Path | None) -> Speed:
    """Read the set in this process. CPU time, so that what else the machine does matters less."""
    places = _opened(places_file)
    _warm_up(texts, places)
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        for article in texts.articles:
            read(article, places)
        seconds.append(time.process_time() - start)
    return Speed(median(seconds), texts.megabytes, len(texts.articles))


def steps(texts: TextSet, places_file: Path | None) -> dict[str, float]:
    """Return the share (0 to 1) of each step in the time of reading the set, the longest first."""
    places = _opened(places_file)
    _warm_up(texts, places)
    spent = dict.fromkeys((step.__name__ for step in STEPS), 0.0)
    for article in texts.articles:
        document = Document(article, places)
        for step in STEPS:
            start = time.perf_counter()
            document = step(document)
            spent[step.__name__] += time.perf_counter() - start
    total = sum(spent.values())
    return {name: seconds / total for name, seconds in sorted(spent.items(), key=lambda item: -item[1])}


def with_workers(texts: TextSet, workers: int, places_file: Path | None, times: int) -> float:
    """Return the wall seconds of reading the set `times` over with so many processes, from the first reading to the last.

    The start of the processes is left out by reading one round before: it costs the same however much is read.
    """
    readings = read_many(_rounds(texts, times + 1), places_file=places_file, workers=workers)
    for _ in texts.articles:
        next(readings)
    start = time.perf_counter()
    read_on = sum(1 for _ in readings)
    seconds = time.perf_counter() - start
    assert read_on == times * len(texts.articles)
    return seconds


def _rounds(texts: TextSet, times: int) -> Iterator[Article]:
    for _ in range(times):
        yield from texts.articles


def _opened(places_file: Path | None) -> PlaceIndex | None:
    return open_index(places_file) if places_file is not None else None


def _warm_up(texts: TextSet, places: PlaceIndex | None) -> None:
    for article in texts.articles[:WARM_UP]:
        read(article, places)
    read(Article("warm-up", "On Friday 12 people were killed and five wounded in Aleppo, police said."), places)
