"""The command as users run it: how long it takes to start, and how much memory it takes while it reads many articles.

Belongs here: running `casualties read` as a process of its own. Keep out: the speed of reading (`speed.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.texts import TextSet, endless
from transforms.reading.document import Article

COMMAND = [sys.executable, "-c", "from orchestration.cli.main import main; main()", "read", "-"]
PROBES = 10  # so often the memory is looked at
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory in MB: after the first tenth of the articles, and at its highest."""

    early: float
    peak: float
    articles: int
    seconds: float


def start_up(data: Path) -> float:
    """Return the wall seconds from start to end of reading one short article, best of five."""
    line = b'{"text": "On Friday 12 people were killed in Aleppo, police said."}\n'
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([*COMMAND, "--data", str(data)], input=line, stdout=subprocess.DEVNULL, check=True)
        best = min(best, time.perf_counter() - start)
    return best


def memory(texts: TextSet, n_articles: int, data: Path) -> Memory:
    """Pipe that many articles through the command and watch its memory. Linux only: `/proc` tells it.

    Not the `ru_maxrss` of the ended process: that counts the memory of who started it, before the command took its place.
    """
    start = time.perf_counter()
    process = subprocess.Popen([*COMMAND, "--data", str(data)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    assert process.stdin is not None
    early = 0.0
    for number, line in enumerate(_lines(texts, n_articles)):
        process.stdin.write(line)
        if number == n_articles // PROBES:
            early = highest_resident(process.pid)
    peak = highest_resident(process.pid)
    process.stdin.close()
    while process.poll() is None:
        peak = max(peak, highest_resident(process.pid))
        time.sleep(LOOK_SECONDS)
    if process.returncode:
        raise RuntimeError(f"`casualties read` ended with {process.returncode}")
    return Memory(early, peak, n_articles, time.perf_counter() - start)


def _lines(texts: TextSet, n_articles: int) -> Iterator[bytes]:
    for article in islice(endless(texts), n_articles):
        yield _line(article)


def _line(article: Article) -> bytes:
    published = article.published_on.isoformat() if article.published_on else None
    record = {"article_id": article.article_id, "title": article.title, "text": article.text, "published_on": published}
    return json.dumps(record).encode() + b"\n"


def highest_resident(pid: int) -> float:
    """Return the highest resident memory of the process so far in MB; 0 when it has just ended."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM")), 0.0)
