"""Validation and Data Docs ask no host and write nothing beside their folder: the users' subject matter is sensitive."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

# Runs in a process of its own whose home and temporary folder are empty, with every way to another host barred from the first line
# on. Making a socket is not: urllib3 makes one when it is imported, to see whether the machine knows IPv6.
SCRIPT = """
import socket, sys
from pathlib import Path

asked = []
def barred(*args, **kwargs):
    asked.append(args)
    raise OSError("the network is barred")

class Barred(socket.socket):
    connect = connect_ex = send = sendall = sendto = sendmsg = listen = barred

socket.socket = Barred
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = barred

from datetime import datetime
from expectations import data_docs
from expectations.table_checks import check_table
from expectations.validate import validate
from expectations.frames import of_rows
from tests.expectations import planting

rows = planting.base_rows(5)
rows[0]["outcome"] = "eaten"
now = datetime(2026, 3, 4)
validated = validate("core.figures", planting.frame(rows), chunk=0, run_id="run", now=now)
assert len(validated.landing) == 4 and len(validated.quarantined) == 1
results = validated.results + check_table("core.incidents", of_rows("core.incidents", []), "run", now)
data_docs.write(results, Path(sys.argv[1]))
assert not asked, asked
"""


def test_nothing_is_asked_and_nothing_is_left_behind(tmp_path: Path) -> None:
    project = Path(__file__).parents[2]
    home, temporary, here, docs = (tmp_path / name for name in ("home", "tmp", "here", "docs"))
    for folder in (home, temporary, here):
        folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LD_LIBRARY_PATH"}}
    environment = kept | {"HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(docs)], cwd=here, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "Calculating" not in done.stderr, "progress bars are off"
    assert [str(path) for folder in (home, temporary, here) for path in folder.rglob("*")] == []
    assert (docs / "index.html").is_file()
