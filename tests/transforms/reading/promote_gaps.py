"""`python -m tests.transforms.reading.promote_gaps`: move the gaps that came right to the files of their steps.

A gap that came right fails its strict xfail; moved, it is a case like any other, and what was won stays won.

Belongs here: that move. Keep out: judging cases (`test_steps.py`).
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from tests.transforms.reading.shown import shown

FOLDER = Path(__file__).parents[2] / "fixtures/reading"
_MARK = "\n[[case]]\n"


def promote(folder: Path) -> list[str]:
    """Move the cases of `known_gaps.toml` whose step now shows what they want; returns their reasons."""
    path = folder / "known_gaps.toml"
    head, *written = path.read_text(encoding="utf-8").split(_MARK)
    kept, moved = [], []
    for words in (item.rstrip("\n") + "\n" for item in written):
        (case,) = tomllib.loads(f"[[case]]\n{words}")["case"]
        if shown(case["step"], case["text"], case.get("title"), case.get("published_on")) != case["shows"]:
            kept.append(words)
            continue
        target = folder / f"{case['step']}.toml"
        plain = "".join(line for line in words.splitlines(keepends=True) if not line.startswith("step = "))
        target.write_text(target.read_text(encoding="utf-8").rstrip("\n") + "\n" + _MARK + plain, encoding="utf-8")
        moved.append(f"{case['step']}: {case['why']}")
    path.write_text(head + "".join(_MARK + words for words in kept), encoding="utf-8")
    return moved


if __name__ == "__main__":
    sys.stdout.write("".join(f"{reason}\n" for reason in promote(FOLDER)) or "none came right\n")
