"""`python -m benchmarks`: measure and print the tables.

Belongs here: options and layout. Keep out: measuring.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.beside import Other, spacy_rules
from benchmarks.load import measure
from benchmarks.load_table import lines
from benchmarks.process import memory, start_up
from benchmarks.speed import Speed, one_core, steps, with_workers
from benchmarks.texts import TextSet, sets
from orchestration.gazetteer import index_file
from warehouse.paths import data_folder

# Texts that the slow reader reads; ours reads the same ones beside it.
BESIDE = 300
MANY = 100_000
WORKER_SECONDS = 8.0
SHOWN_STEPS = 5


def say(line: str = "") -> None:
    """Write one line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed and memory of the reader.")
    parser.add_argument("--data", type=Path, help="data folder with the index of places [default: ./data]")
    parser.add_argument("--articles", type=int, default=MANY, help="articles of the memory test [default: %(default)s]")
    parser.add_argument("--at-most", type=int, help="articles of each set [default: all]")
    parser.add_argument("--load", type=int, nargs="+", metavar="N", help="instead: the whole pipeline on N articles (10000 100000)")
    parser.add_argument("--daily", type=int, default=1000, help="articles of the daily run after --load [default: %(default)s]")
    return parser.parse_args()


def _speeds(found: tuple[TextSet, ...], places_file: Path) -> dict[str, Speed]:
    say(f"{'set':14} {'kind':10} {'texts':>6} {'MB':>6} {'MB/s':>7} {'texts/s':>8}   where the time goes (share of each step)")
    speeds = {}
    for texts in found:
        speed = speeds[texts.name] = one_core(texts, places_file)
        shares = ", ".join(f"{name} {share:.0%}" for name, share in list(steps(texts, places_file).items())[:SHOWN_STEPS])
        say(
            f"{texts.name:14} {texts.kind:10} {speed.texts:6} {speed.megabytes:6.2f} {speed.megabytes_a_second:7.2f} "
            f"{speed.texts_a_second:8.0f}   {shares}"
        )
    return speeds


def _workers(found: tuple[TextSet, ...], speeds: dict[str, Speed], places_file: Path) -> None:
    say(f"{'set':14} {'1 worker, s':>12} {'2 workers, s':>13} {'times':>6}")
    for texts in found:
        times = max(1, round(WORKER_SECONDS / speeds[texts.name].seconds))
        one, two = (with_workers(texts, workers, places_file, times) for workers in (1, 2))
        say(f"{texts.name:14} {one:12.2f} {two:13.2f} {one / two:6.2f}")


def _beside(found: tuple[TextSet, ...], places_file: Path) -> None:
    say(f"{'set':14} {'texts':>6} {'ours, MB/s':>11} {'spaCy, MB/s':>12} {'times':>6}")
    for texts in found:
        some = replace(texts, articles=texts.articles[:BESIDE])
        other = spacy_rules(some)
        if not isinstance(other, Other):
            say(other)
            return
        ours = one_core(some, places_file)
        say(
            f"{texts.name:14} {ours.texts:6} {ours.megabytes_a_second:11.2f} {ours.megabytes / other.seconds:12.3f} "
            f"{other.seconds / ours.seconds:6.0f}"
        )


def _load(sizes: list[int], daily: int, places: Path) -> None:
    with TemporaryDirectory(prefix="casualties-load-") as folder:
        loads, news = measure(Path(folder), sizes, daily, places)
    say("The whole pipeline (`casualties run`) on a fresh warehouse of each size, then one day's articles into the largest")
    for line in lines(loads, news):
        say(line)


def main() -> None:
    """Measure everything and print it."""
    options = _options()
    folder = data_folder(options.data)
    places_file = index_file(folder)
    if options.load:
        _load(options.load, options.daily, folder.gazetteer)
        return
    found = sets(at_most=options.at_most)
    say("Reading on one core, with the gazetteer (CPU time, median of three runs)")
    speeds = _speeds(found, places_file)
    say("\nWorkers (wall time; the parent takes the readings and does nothing with them)")
    _workers(found, speeds, places_file)
    say("\nBeside spaCy's small English pipeline with plain dependency rules, one core each, the same texts in one run")
    _beside(found, places_file)
    say("\n`casualties read`")
    say(f"start, one short article, end: {start_up(folder.root):.2f} s")
    for texts in found[:1]:
        used = memory(texts, options.articles, folder.root)
        say(
            f"memory over {used.articles} articles ({texts.name}, repeated): {used.early:.0f} MB after a tenth, "
            f"{used.peak:.0f} MB at most; {used.seconds:.0f} s"
        )


if __name__ == "__main__":
    main()
