"""Nothing about the use of this program leaves the machine: sockets are blocked, and no telemetry file is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from orchestration import home
from tests.integration.commands import PROJECT, casualties, data_folder_with_places, write_articles
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration

# Python runs this first. Whoever looks for a host or connects to one is written down and refused.
GUARD = """
import os, socket
def refuse(what):
    with open(os.environ["SOCKET_LOG"], "a") as log:
        log.write(what + "\\n")
    raise OSError("blocked: " + what)
class Guarded(socket.socket):
    def connect(self, address):
        if self.family == socket.AF_UNIX:
            return super().connect(address)
        refuse(f"connect {address}")
    connect_ex = connect
def look_up(host, *rest, **named):
    refuse(f"look up {host}")
socket.socket = Guarded
socket.getaddrinfo = socket.gethostbyname = look_up
"""


def test_a_run_talks_to_nobody_and_writes_no_telemetry(tmp_path: Path) -> None:
    guard = tmp_path / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD)
    users_home = tmp_path / "home"
    users_home.mkdir()
    log = tmp_path / "sockets.log"
    data = data_folder_with_places(tmp_path / "data")
    articles = write_articles(tmp_path / "articles")
    env = {"PYTHONPATH": f"{guard}:{PROJECT}", "HOME": str(users_home), "SOCKET_LOG": str(log), "DAGSTER_HOME": ""}
    for arguments in (["run", str(articles)], ["run", str(articles)], ["compare"], ["report"]):
        done = casualties(*arguments, data=data, env=env, started=True)
        assert done.returncode == 0, done.stderr
    assert not log.exists(), log.read_text()
    assert (data / "dagster_home" / "dagster.yaml").read_bytes() == home.SETTINGS.read_bytes()
    assert not list((data / "dagster_home").rglob("*telemetry*"))
    assert list(users_home.rglob("*")) == [], "nothing is left in the user's home: no .dagster, no .great_expectations"


def test_the_guard_sees_a_connection(tmp_path: Path) -> None:
    """The test above would pass with a guard that does not work."""
    (tmp_path / "sitecustomize.py").write_text(GUARD)
    script = "import urllib.request; urllib.request.urlopen('http://203.0.113.1/')"
    env = {"PYTHONPATH": str(tmp_path), "SOCKET_LOG": str(tmp_path / "log"), "PATH": ""}
    assert subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=False).returncode == 1
    assert "203.0.113.1" in (tmp_path / "log").read_text()


def test_telemetry_is_off_in_the_settings_that_dagster_gets(tmp_path: Path) -> None:
    with home.instance(DataFolder(tmp_path)) as instance:
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled
