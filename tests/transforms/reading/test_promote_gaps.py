"""Gaps that came right move to their step's file, the others stay, and nothing else changes."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tests.transforms.reading.promote_gaps import promote

GAPS = """# what is not read

[[case]]
step = "bounds"
why = "exact"
text = "Two men were killed."
shows = ["Two = 2 exact"]

[[case]]
step = "bounds"
why = "never so"
text = "Two men were killed."
shows = ["Two = 3 exact"]
"""
BOUNDS = '# cases\n\n[[case]]\nwhy = "three"\ntext = "Three men were killed."\nshows = ["Three = 3 exact"]\n'


def test_what_came_right_moves(tmp_path: Path) -> None:
    (tmp_path / "known_gaps.toml").write_text(GAPS, encoding="utf-8")
    (tmp_path / "bounds.toml").write_text(BOUNDS, encoding="utf-8")
    assert promote(tmp_path) == ["bounds: exact"]
    left = (tmp_path / "known_gaps.toml").read_text(encoding="utf-8")
    assert left == GAPS.replace(GAPS[GAPS.index("\n[[case]]") : GAPS.rindex("\n[[case]]")], "")
    cases = tomllib.loads((tmp_path / "bounds.toml").read_text(encoding="utf-8"))["case"]
    assert [case["why"] for case in cases] == ["three", "exact"] and "step" not in cases[1]
    assert promote(tmp_path) == []
    assert (tmp_path / "known_gaps.toml").read_text(encoding="utf-8") == left
