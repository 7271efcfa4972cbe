"""The whole pipeline under load: `casualties run` as a process of its own, with the time and memory of each stage.

Belongs here: running, watching and reckoning. Keep out: the corpus (`corpus.py`), and layout (`__main__.py`).
"""

from __future__ import annotations

import json
import math
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks import corpus
from benchmarks.process import highest_resident

STAGES = ("Taking in", "Places", "Reading", "Linking", "Comparing", "Publishing")
BETWEEN = "Dagster, pages"
START = "Start"


@dataclass(frozen=True, slots=True)
class Load:
    """What one run took. Seconds by stage, as the clock has them and as this process's CPU; CPU of the reading processes besides.

    peak_mb: highest resident memory of the main process; workers_mb: of the largest reading process,
    which Linux never counts lower than the main process was when it started it.
    """

    articles: int
    wall: dict[str, float]
    cpu: dict[str, float]
    workers_cpu: float
    peak_mb: float
    workers_mb: float

    @property
    def seconds(self) -> float:
        """Wall seconds from start to end."""
        return sum(self.wall.values())

    @property
    def cpu_seconds(self) -> float:
        """CPU seconds of all processes: what the machine's other work changes least."""
        return sum(self.cpu.values()) + self.workers_cpu


@dataclass(slots=True)
class Watch:
    """Progress that notes the time each stage takes; what lies between a stage's end and the next one's start is apart."""

    wall: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cpu: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    stage: str = START
    _since: tuple[float, float] = field(default_factory=lambda: (time.perf_counter(), time.process_time()))

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take note of a stage that begins or ends."""
        ended = done == total and stage != "Reading"  # the last chunk lands after the last article is read
        self.turn(BETWEEN if ended else stage)

    def turn(self, stage: str) -> None:
        """Add the time since the last turn to the stage that was going on."""
        now = time.perf_counter(), time.process_time()
        self.wall[self.stage] += now[0] - self._since[0]
        self.cpu[self.stage] += now[1] - self._since[1]
        self.stage, self._since = stage, now


def run(data: Path, articles: Path, n: int, workers: int = 2) -> Load:
    """Run the pipeline on a file of n articles in a process of its own. Raises RuntimeError when it fails."""
    command = [sys.executable, "-m", "benchmarks.load", str(data), str(articles), str(n), str(workers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise RuntimeError(f"the run on {articles} ended with {done.returncode}")
    return Load(**json.loads(done.stdout.splitlines()[-1]))


def exponent(loads: Sequence[Load]) -> float:
    """Return the slope of cost over size, both as logarithms, between the smallest and the largest run: 1 is linear."""
    small, large = min(loads, key=lambda load: load.articles), max(loads, key=lambda load: load.articles)
    return math.log(large.cpu_seconds / small.cpu_seconds) / math.log(large.articles / small.articles)


def measure(folder: Path, sizes: Sequence[int], daily: int, places: Path) -> tuple[list[Load], Load]:
    """Run each size into a warehouse of its own, then one day's articles into the largest. places: folder of the gazetteer's index."""
    bases = corpus.base_texts()
    loads = []
    for size in sizes:
        data = folder / f"data-{size}"
        data.mkdir(parents=True)
        (data / "gazetteer").symlink_to(places.absolute())
        loads.append(run(data, corpus.write(folder / f"{size}.jsonl", size, bases=bases), size))
    largest = max(sizes)
    news = corpus.write(folder / "daily.jsonl", daily, first=largest, bases=bases)
    return loads, run(folder / f"data-{largest}", news, daily)


def _main(data: Path, articles: Path, n: int, workers: int) -> None:
    watch = Watch()
    from orchestration.cli.run import execute  # its imports are part of the time
    from warehouse.paths import DataFolder

    _, error = execute(DataFolder(data), {"paths": [str(articles.absolute())]}, workers, 500, watch)
    watch.turn("")
    if error is not None:
        raise error
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    workers_cpu = children.ru_utime + children.ru_stime
    load = Load(n, dict(watch.wall), dict(watch.cpu), workers_cpu, highest_resident(os.getpid()), children.ru_maxrss / 1e3)
    sys.stdout.write(json.dumps(asdict(load)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.pop("DAGSTER_HOME", None)
    _main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
