"""Reading many articles, in this process or in a pool of workers.

Belongs here: order, chunks, workers and their end. Keep out: reading itself (`reader.py`), files (`jsonl.py`).
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from transforms.errors import CasualtiesError
from transforms.places.index import open_index
from transforms.reading.document import Article, PlaceIndex, Reading
from transforms.reading.named import named_people
from transforms.reading.options import DEFAULT_OPTIONS, ReadingOptions
from transforms.reading.reader import read, version_of

PACKAGE = Path(__file__).parents[1]
CHUNK = 32  # articles a worker takes at once: few enough for constant memory, many enough to hide the hand-over
_PARENT_SECONDS = 1.0

_places: PlaceIndex | None = None
_options = DEFAULT_OPTIONS
_people = False


def _watch(parent: int) -> None:
    """End this worker when its parent is gone: a pool outlives a parent that was killed."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os._exit(1)


def _start(places_file: Path | None, parent: int, options: ReadingOptions, people: bool) -> None:
    global _places, _options, _people
    _options, _people = options, people
    _places = open_index(places_file) if places_file is not None else None
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _read_chunk(articles: list[Article]) -> list[Reading]:
    return [_read(article, _places, _options, _people) for article in articles]


def _read(article: Article, places: PlaceIndex | None, options: ReadingOptions, people: bool) -> Reading:
    try:
        reading = read(article, places, options)
        return replace(reading, people=named_people(article, reading.figures)) if people else reading
    except (CasualtiesError, MemoryError):  # a lexicon with an error, a machine without room: no fault of this text
        raise
    except Exception as error:  # noqa: BLE001 (a fault of the reader in one text must not cost the others)
        return Reading(article.article_id, version_of(article), (), (), {}, (), error=_where(error))


def _where(error: Exception) -> str:
    """Return the kind of error and the reader's line that raised it; not its message, which may hold words of the text."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = next((frame for frame in reversed(frames) if PACKAGE in Path(frame.filename).parents), frames[-1])
    return f"{type(error).__name__} in {Path(ours.filename).name}, line {ours.lineno} ({ours.name})"


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
    articles: Iterable[Article],
    *,
    places_file: Path | None = None,
    workers: int = 1,
    options: ReadingOptions = DEFAULT_OPTIONS,
    people: bool = False,
) -> Iterator[Reading]:
    """Read articles in order; memory stays constant however many there are.

    places_file: the gazetteer's index file (`transforms.places.ensure_index`), None for no gazetteer. workers: processes;
    they are spawned, not forked, since the caller may hold a database connection, and end when their parent does.
    people: whether to look for the people who must be masked, too.

    An article that the reader fails on has an empty reading with `error`; the others are read. Raises a CasualtiesError (a lexicon
    with an error), which no article can be read with.
    """
    if workers <= 1:
        places = open_index(places_file) if places_file is not None else None
        for article in articles:
            yield _read(article, places, options, people)
        return
    context = multiprocessing.get_context("spawn")
    slots = threading.Semaphore(workers * 4)
    with context.Pool(workers, _start, (places_file, os.getpid(), options, people)) as pool:
        for readings in pool.imap(_read_chunk, _ahead(_chunks(articles), slots)):
            slots.release()
            yield from readings
