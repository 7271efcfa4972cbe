"""`python -m benchmarks.stories`: stories found among reprints whose stories are known: recall, precision, time, memory.

Belongs here: measuring and printing. Keep out: the corpus and its scoring (`reprints.py`).
"""

from __future__ import annotations

import argparse
import resource
import time

from benchmarks.__main__ import say
from benchmarks.reprints import corpus, score
from benchmarks.texts import sets
from warehouse.stories import find_stories

MANY = 100_000
MEGABYTE = 1024  # kilobytes, in which Linux tells the peak


def main() -> None:
    """Make the corpus, find its stories, and print one line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stories", description="Stories among reprints that are known.")
    parser.add_argument("--articles", type=int, default=MANY, help="texts of the corpus [default: %(default)s]")
    articles = parser.parse_args().articles
    truth, texts = {}, []
    for number, story, text in corpus(sets(), articles):
        truth[number] = story
        texts.append((number, text))
    before, wall = time.process_time(), time.perf_counter()
    found = find_stories(texts)
    seconds, elapsed = time.process_time() - before, time.perf_counter() - wall
    result = score(found, truth)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    say(
        f"{articles} texts of {len(set(truth.values()))} stories: recall {result.recall:.4f}, precision {result.precision:.4f} "
        f"({result.true_pairs} true pairs, {result.found_pairs} found); {seconds:.0f} s of CPU, {elapsed:.0f} s by the clock, {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
