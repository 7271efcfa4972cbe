"""The command's `main` in a process forked off one that has imported the libraries: a third of a run's time is imports.

Nothing else is shared: arguments, environment, folder and streams are those of a process of its own, which ends as the command
does. Linux and macOS.

Belongs here: forking and its streams. Keep out: what is run (`commands.py`).
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path

PRELOADED = [
    *("pandas", "pyarrow.pandas_compat", "splink.backends.duckdb", "sqlglot.dialects.duckdb", "rapidfuzz", "lxml.html", "rich.table"),
    *("dagster._core.instance.factory", "dagster._core.storage.runs", "dagster._core.storage.schedules", "dagster._daemon", "upath"),
    *("expectations.data_docs", "orchestration.cli.main", "orchestration.definitions", "orchestration.event_log", "orchestration.home"),
]
_STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


def run(arguments: Sequence[str], environment: dict[str, str], given: bytes, timeout: float) -> subprocess.CompletedProcess[bytes]:
    """Run the command. given: standard input. timeout: seconds. Raises subprocess.TimeoutExpired when it takes longer."""
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, name)) for name, _ in _STREAMS]
        Path(files[0]).write_bytes(given)
        process = _server().Process(target=_command, args=(list(arguments), environment, str(Path.cwd()), files))
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(arguments, timeout)
        out, err = (Path(file).read_bytes() for file in files[1:])
        return subprocess.CompletedProcess(arguments, process.exitcode, out, err)


@cache
def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def _command(arguments: list[str], environment: dict[str, str], folder: str, files: list[str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, ((name, mode), file) in enumerate(zip(_STREAMS, files, strict=True)):
        opened = os.open(file, os.O_RDONLY if mode == "r" else os.O_WRONLY | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
        errors = "backslashreplace" if name == "stderr" else "strict"
        setattr(sys, name, open(number, mode, encoding="utf-8", errors=errors, closefd=False))  # noqa: SIM115 (open to the end)
    sys.argv = ["casualties", *arguments]
    from orchestration.cli.main import main

    main()
