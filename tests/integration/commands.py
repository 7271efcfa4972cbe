"""Running the real command on small articles of our own, for integration tests.

Belongs here: the data folder of a test, its articles, the subprocess. Keep out: assertions.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.integration import forked
from transforms.places.build import ensure_index

PROJECT = Path(__file__).parents[2]
# what .venv/bin/casualties does, also where the package is not installed
COMMAND = [sys.executable, "-c", "from orchestration.cli.main import main; main()"]

ARTICLES = {
    "harbour-1.jsonl": [
        {
            "article_id": "gazette-1",
            "publisher": "The Gazette",
            "url": "https://gazette.example/1",
            "title": "Rockets hit Aden port",
            "published_on": "2021-05-03",
            "text": "At least 12 people were killed when rockets hit the port of Aden on Monday, the health ministry said.\n\n"
            "Another 30 people were injured, according to the health ministry.",
        },
        {
            "article_id": "post-1",
            "publisher": "Evening Post",
            "url": "https://post.example/1",
            "title": "Dozens hurt in Aden",
            "published_on": "2021-05-04",
            "text": "Amnesty International said that 17 people were killed in Monday's rocket attack on the port of Aden.",
        },
    ],
    "bridge.jsonl": [
        {
            "article_id": "post-2",
            "publisher": "Evening Post",
            "url": "https://post.example/2",
            "title": "Blast at a bridge",
            "published_on": "2021-06-02",
            "text": "Three soldiers were killed when a bomb exploded at a bridge near Taiz on Tuesday, the army said.",
        }
    ],
}


def data_folder_with_places(root: Path) -> Path:
    """Return a data folder whose index of places is the project's own (built once, half a minute), linked and not copied."""
    index = ensure_index(PROJECT / "data" / "gazetteer", None)
    linked = root / "gazetteer" / index.name
    linked.parent.mkdir(parents=True, exist_ok=True)
    if not linked.exists():
        linked.symlink_to(index)
    return root


def write_articles(folder: Path, *names: str) -> Path:
    """Write the named files of ARTICLES (all of them without a name) into a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or ARTICLES:
        lines = [json.dumps(article) for article in ARTICLES[name]]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def casualties(
    *arguments: str | Path,
    data: Path | None = None,
    given: str | bytes = b"",
    env: dict[str, str] | None = None,
    timeout: float = 180,
    started: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run the command and return how it ended; output and errors are text. data: --data. given: standard input.

    started: by an interpreter of its own, where the start itself is tested; else forked off one that has the libraries imported.
    """
    environment = {name: value for name, value in os.environ.items() if name not in ("CASUALTIES_DATA", "DAGSTER_HOME", "COLUMNS")}
    environment |= {"PYTHONPATH": str(PROJECT), "PYTHONIOENCODING": "utf-8", **(env or {})}
    where = ["--data", str(data)] if data else []
    said = [*where, *map(str, arguments)]
    stdin = given if isinstance(given, bytes) else given.encode()
    if started:
        done = subprocess.run([*COMMAND, *said], input=stdin, capture_output=True, env=environment, timeout=timeout, check=False)
    else:
        done = forked.run(said, environment, stdin, timeout)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))
