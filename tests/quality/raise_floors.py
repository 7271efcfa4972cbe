"""`python -m tests.quality.raise_floors`: raise the floors to what the reader reaches now. Never lowers one.

    raise_floors                            every set that is there
    raise_floors gtd own                    these sets
    raise_floors --reset own --why "…"      the data of this set has changed: measure its floors anew, and keep the reason

Exits with 1, and writes nothing of that set, when a score is below its floor or the data is not what the floors were measured on.

Belongs here: the command. Keep out: what a floor is (`floors.py`), measuring (`runner.py`).
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from tests.quality.floors import FILE, SetFloors, broken, raised, read_floors, write_floors
from tests.quality.runner import SETS, DataSet, measures, named, read_set


def update(data: DataSet, measured: dict[str, float], floors: dict[str, SetFloors], reset: str | None) -> list[str]:
    """Raise the floors of one set in `floors`; returns what is wrong (then nothing of it is changed).

    reset: the reason for which its floors are measured anew; None to raise them.
    """
    sha256, pinned = data.digest(), floors.get(data.name)
    if reset is not None and pinned is not None:
        floors[data.name] = raised(SetFloors(sha256, {}, (*pinned.changed, f"{date.today().isoformat()}: {reset}")), measured)
        return []
    pinned = pinned or SetFloors(sha256, {})
    wrong = broken(data.name, pinned, sha256, measured)
    if not wrong:
        floors[data.name] = raised(pinned, measured)
    return wrong


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _tell_raised(name: str, before: SetFloors | None, after: SetFloors) -> None:
    old = before.floors if before else {}
    moved = {m: v for m, v in after.floors.items() if old.get(m) != v}
    _say(f"{name}: {len(moved)} of {len(after.floors)} floors moved")
    for measure, value in moved.items():
        _say(f"  {measure}: {old[measure]:.4f} -> {value:.4f}" if measure in old else f"  {measure}: new, {value:.4f}")


def main(arguments: list[str] | None = None, path: Path = FILE) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="raise_floors", description="Raise the floors of the quality gate. Never lowers one.")
    parser.add_argument("sets", nargs="*", help="sets to measure; all when none is named")
    parser.add_argument("--reset", metavar="SET", choices=[data.name for data in SETS], help="its data has changed: measure anew")
    parser.add_argument("--why", help="the reason, with --reset")
    options = parser.parse_args(arguments)
    if bool(options.reset) != bool(options.why):
        parser.error("--reset and --why go together")
    unknown = set(options.sets) - {data.name for data in SETS}
    if unknown:
        parser.error(f"no set is called {', '.join(sorted(unknown))}; there are {', '.join(data.name for data in SETS)}")
    chosen = [named(name) for name in ([options.reset] if options.reset else options.sets)] or list(SETS)
    floors = read_floors(path) if path.is_file() else {}
    wrong: list[str] = []
    for data in chosen:
        if not data.is_there:
            _say(f"{data.name}: not there, left as it is")
            continue
        before = floors.get(data.name)
        found = update(data, measures(data, read_set(data)), floors, options.why)
        if not found:
            _tell_raised(data.name, before, floors[data.name])
        wrong += found
    write_floors(floors, path)
    for line in wrong:
        _say(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
