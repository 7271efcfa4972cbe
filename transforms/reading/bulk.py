"""Reading many articles, in this process or in a pool of workers.

Belongs here: order, chunks, workers and their end. Keep out: reading itself (`reader.py`), files (`jsonl.py`).
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from transforms.places.index import open_index
from transforms.reading.document import Article, PlaceIndex, Reading
from transforms.reading.options import DEFAULT_OPTIONS, ReadingOptions
from transforms.reading.reader import read

CHUNK = 32  # articles a worker takes at once: few enough for constant memory, many enough to hide the hand-over
_PARENT_SECONDS = 1.0

_places: PlaceIndex | None = None
_options = DEFAULT_OPTIONS


def _watch(parent: int) -> None:
    """End this worker when its parent is gone: a pool outlives a parent that was killed."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os._exit(1)


def _start(places_file: Path | None, parent: int, options: ReadingOptions) -> None:
    global _places, _options
    _options = options
    _places = open_index(places_file) if places_file is not None else None
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _read_chunk(articles: list[Article]) -> list[Reading]:
    return [read(article, _places, _options) for article in articles]


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    source = iter(articles)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _ahead(chunks: Iterator[list[Article]], slots: threading.Semaphore) -> Iterator[list[Article]]:
    """Hand out chunks only while there is room: `imap` alone would read its whole input into memory."""
    for chunk in chunks:
        slots.acquire()
        yield chunk


def read_many(
    articles: Iterable[Article], *, places_file: Path | None = None, workers: int = 1, options: ReadingOptions = DEFAULT_OPTIONS
) -> Iterator[Reading]:
    """Read articles in order; memory stays constant however many there are.

    places_file: the gazetteer's index file (`transforms.places.ensure_index`), None for no gazetteer. workers: processes;
    they are spawned, not forked, since the caller may hold a database connection, and end when their parent does.
    """
    if workers <= 1:
        places = open_index(places_file) if places_file is not None else None
        for article in articles:
            yield read(article, places, options)
        return
    context = multiprocessing.get_context("spawn")
    slots = threading.Semaphore(workers * 4)
    with context.Pool(workers, _start, (places_file, os.getpid(), options)) as pool:
        for readings in pool.imap(_read_chunk, _ahead(_chunks(articles), slots)):
            slots.release()
            yield from readings
