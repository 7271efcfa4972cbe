"""`casualties ui`: Dagster's web interface on this machine.

Belongs here: starting it with our settings. Keep out: what it shows (`orchestration/definitions.py`).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from typing import Annotated

import typer

from orchestration.cli.options import DataOption, folder
from transforms.errors import InputError

LOOPBACK = "127.0.0.1"  # the interface has no password: whoever reaches it can start runs
START_SECONDS = 90


def ui(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on this machine.")] = 3000,
    data: DataOption = None,
) -> None:
    """Open Dagster: lineage, what each table holds and how it was checked, runs, the schedule and the inbox sensor.

    It answers on this machine only, and ends with Ctrl-C. While it is up, files put into the data folder's inbox are
    taken in once you have switched the sensor on (Automation), and every night once you have switched on the schedule.

    \b
    Examples
      casualties ui
      casualties ui --port 3333
    """
    from orchestration.home import prepare

    if _answers(port):
        raise InputError(f"port {port} is taken; choose another with --port")
    where = folder(data, context)
    where.root.mkdir(parents=True, exist_ok=True)
    # Also where a shell started us in the background, which makes us, and would make Dagster, deaf to Ctrl-C.
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signal_number, signal.default_int_handler)
    command = [sys.executable, "-m", "dagster", "dev", "-m", "orchestration.definitions", "-h", LOOPBACK, "-p", str(port)]
    process = subprocess.Popen([*command, "--log-level", "warning"], env={**os.environ, **prepare(where)})
    try:
        _announce(process, port)
        code = process.wait()
    except KeyboardInterrupt:  # Ctrl-C reached Dagster too; a signal sent to us alone did not
        code = 0
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait()
    raise typer.Exit(1 if code else 0)


def _announce(process: subprocess.Popen[bytes], port: int) -> None:
    """Print the address as soon as something answers there."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if _answers(port):
            typer.echo(f"Dagster is at http://{LOOPBACK}:{port}  (Ctrl-C ends it)")
            return
        time.sleep(0.2)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0
