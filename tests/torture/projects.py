"""Copies of the project whose code or data differs, to run the real command on.

Belongs here: making them. Keep out: running them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.integration.commands import PROJECT


def project_copy(place: Path) -> Path:
    """Return a copy of the four packages."""
    for package in ("orchestration", "expectations", "warehouse", "transforms"):
        shutil.copytree(PROJECT / package, place / package, ignore=shutil.ignore_patterns("__pycache__"))
    return place


def edit(project: Path, file: str, old: str, new: str) -> None:
    """Replace a text in a file of a copy; it must stand there."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def newer_reader(place: Path) -> Path:
    """Return a copy of the project to whose reader `dozens` are 36 or more: another version of it."""
    project = project_copy(place)
    lexicon = project / "transforms" / "lexicon" / "quantities.csv"
    (line,) = [line for line in lexicon.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("dozens,")]
    edit(project, "transforms/lexicon/quantities.csv", line, line.replace(",24,", ",36,"))
    return project
