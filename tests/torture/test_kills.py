"""`kill -9` at random moments of runs, day after day; then the warehouse is that of runs that nobody disturbed."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from benchmarks import corpus
from tests.integration.commands import data_folder_with_places
from tests.torture.machine import broken, casualties, differences, facts, finish, kill_after, left_over, lock_is_free, polling, start
from tests.torture.table import Tried

START_SECONDS = 1.0  # sooner than that there is nothing to kill but imports


@pytest.mark.integration
def test_killed_again_and_again_short(tmp_path: Path) -> None:
    undisturbed_and_killed(tmp_path, n_articles=120, n_kills=2, n_days=1, seed=11)


@pytest.mark.torture
def test_killed_at_50_moments_over_20000_articles(tmp_path: Path, tried: Tried) -> None:
    said = undisturbed_and_killed(tmp_path, n_articles=20_000, n_kills=50, n_days=5, seed=11)
    tried("kill -9 at 50 random moments over 20,000 articles, each run given again", said)


def undisturbed_and_killed(root: Path, *, n_articles: int, n_kills: int, n_days: int, seed: int) -> str:
    """Run days of articles into one warehouse undisturbed, and into another with kills; compare. Returns what was seen, in words."""
    random = Random(seed)
    bases = corpus.base_texts()
    a_day = n_articles // n_days
    days = [corpus.write(root / f"day-{day}.jsonl", a_day, seed, first=day * a_day, bases=bases) for day in range(n_days)]
    calm, torn = data_folder_with_places(root / "calm"), data_folder_with_places(root / "torn")
    killed, looks = 0, 0
    with polling(torn) as poller:
        for number, day in enumerate(days):
            began = time.monotonic()
            ended = casualties("run", day, "--workers", "2", data=calm)
            assert ended.code == 0, ended.err
            took = time.monotonic() - began
            wanted = n_kills * (number + 1) // n_days
            while killed < wanted:
                began = time.monotonic()
                process = start("run", day, "--workers", "2", data=torn)
                if not kill_after(process, random.uniform(START_SECONDS, max(took, 2 * START_SECONDS))):
                    took = time.monotonic() - began  # it came to its end: all is there, and further runs of this day are as short
                    continue
                killed += 1
                assert left_over(process.pid) == [], "no worker outlives the killed run"
                assert lock_is_free(torn)
            ended = finish(start("run", day, "--workers", "2", data=torn))
            assert ended.code == 0, ended.err
            assert broken(torn) == []
        looks = poller.looks
    assert poller.trouble == []
    assert looks > 0 and poller.copies
    assert differences(facts(calm), facts(torn)) == []
    return f"{killed} kills, row for row the same; the published copy was whole at each of {looks} looks ({len(poller.copies)} copies)"
