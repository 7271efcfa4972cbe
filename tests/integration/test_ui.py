"""`casualties ui`: it answers on this machine, knows the graph, and ends when it is told to."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.integration.commands import COMMAND, PROJECT, casualties
from transforms.contract import tables

pytestmark = pytest.mark.integration
QUESTION = "{ assetNodes { assetKey { path } groupName } instance { hasInfo daemonHealth { id } } }"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asked(port: int) -> dict[str, Any]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql", json.dumps({"query": QUESTION}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)["data"]
    return found


def test_it_prints_its_address_shows_the_assets_and_ends(tmp_path: Path) -> None:
    port = free_port()
    command = [*COMMAND, "--data", str(tmp_path), "ui", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Dagster is at http://127.0.0.1:{port}  (Ctrl-C ends it)\n"
        keys = {".".join(node["assetKey"]["path"]) for node in asked(port)["assetNodes"]}
        assert keys == {*tables(), "published_copy"}
        assert casualties("ui", "--port", str(port), data=tmp_path).returncode == 2, "the port is taken"
        assert not list(tmp_path.rglob("*telemetry*"))
    finally:
        process.terminate()  # reaches the command alone, which must take Dagster along
        try:
            code = process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert code == 0
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.2)
    pytest.fail("something still answers after the end")
