"""Our reader beside spaCy's small English pipeline with plain dependency rules, on the same texts.

spaCy is no dependency of the project: it has an environment of its own, made once with
`python -m venv benchmarks/.venv && benchmarks/.venv/bin/pip install -r benchmarks/requirements.txt`.

Belongs here: running it there. Keep out: its rules (`dependency_rules.py`).
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks.texts import TextSet

HERE = Path(__file__).parent
PYTHON = HERE / ".venv" / "bin" / "python"
MISSING = "spaCy is not installed in benchmarks/.venv (see benchmarks/beside.py): not measured"


@dataclass(frozen=True, slots=True)
class Other:
    """CPU seconds of the other reader, the figures it found, and its version."""

    seconds: float
    figures: int
    version: str


def spacy_rules(texts: TextSet, python: Path = PYTHON) -> Other | str:
    """Return the other reader's time over the set, or in words why there is none. One thread: one core beside one core."""
    if not python.is_file():
        return MISSING
    lines = "".join(json.dumps({"text": article.text}) + "\n" for article in texts.articles)
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    done = subprocess.run(
        [str(python), str(HERE / "dependency_rules.py")], input=lines, capture_output=True, text=True, check=False, env=one_thread
    )
    if done.returncode:
        return f"spaCy could not be run: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}"
    answer = json.loads(done.stdout)
    return Other(answer["seconds"], answer["figures"], answer["spacy"])
