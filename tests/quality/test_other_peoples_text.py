"""Nothing of the labelled articles stands in the project: their facts may be used, their sentences may not be copied."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.quality.runner import PROJECT, SHARED

pytestmark = pytest.mark.quality

_WORD = re.compile(r"[a-z0-9]+")
_IN_A_ROW = 12  # words: fewer come together by themselves in texts of attacks


def _runs(text: str) -> Iterator[str]:
    words = _WORD.findall(text.lower())
    return (" ".join(words[at : at + _IN_A_ROW]) for at in range(len(words) - _IN_A_ROW + 1))


def _project_runs() -> dict[str, str]:
    """Return every run of words in a file that is kept, with the file."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("no git here to say which files are the project's")
    found: dict[str, str] = {}
    for name in filter(None, listed.stdout.split("\0")):
        path = PROJECT / name
        if path.is_file():
            for run in _runs(path.read_text(encoding="utf-8", errors="ignore")):
                found.setdefault(run, name)
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled articles are not here")
def test_no_run_of_words_is_copied() -> None:
    """Outputs of the reader over labelled articles once lay in the project for days, with their sentences."""
    ours = _project_runs()
    assert len(ours) > 100_000, "the project's own files were not read"
    copied = set()
    for path in sorted(SHARED.glob("**/*.jsonl")):
        for line in path.open(encoding="utf-8"):
            record = json.loads(line)
            words = f"{record.get('title') or ''}. {record.get('text') or ''}"
            copied |= {f"{ours[run]}: {run}" for run in _runs(words) if run in ours}
    assert not copied
