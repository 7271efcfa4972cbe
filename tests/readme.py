"""The README's commands and their output: run, compare, or write anew (`python -m tests.readme`).

A block that starts with ```console holds commands behind `$ ` and what they print. All blocks share one fresh data folder, in order.
`make run` stands for the commands of its recipe. Belongs here: reading and running those blocks. Keep out: what they should say.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
# Commands that are shown but not run here: they set up, test, or stay in the foreground.
SHOWN_ONLY = ("make test", "casualties ui", "casualties run ~", "casualties run /", "git ", "make setup")
WIDTH = "116"


@dataclass(frozen=True)
class Command:
    """One command of the README with the output that stands below it."""

    line: str
    output: str

    @property
    def is_run(self) -> bool:
        """Whether it is run here."""
        return not self.line.startswith(SHOWN_ONLY)


def commands(text: str) -> list[Command]:
    """Return the commands of all console blocks in order. A line that ends in `\\` goes on."""
    found = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.split("\n")
            taken = 1
            while lines[taken - 1].endswith("\\"):
                taken += 1
            found.append(Command("\n".join(lines[:taken]), "\n".join(lines[taken:]).strip("\n")))
    return found


def _recipe(target: str) -> list[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    lines = text.split(f"\n{target}:", 1)[1].split("\n")[1:]
    recipe = []
    for line in lines:
        if not line.startswith("\t"):
            break
        recipe.append(line.strip().removeprefix("@").replace("$(BIN)/", ""))
    return recipe


def run(command: Command, data: Path) -> str:
    """Run one command with this data folder and return what it prints; raises RuntimeError when it fails."""
    lines = _recipe("run") if command.line == "make run" else [command.line.replace("\\\n", " ")]
    environment = {
        **os.environ,
        "CASUALTIES_DATA": str(data),
        "COLUMNS": WIDTH,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    printed = []
    for line in lines:
        done = subprocess.run(shlex.split(line), cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{line}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        printed.append(done.stdout.rstrip("\n"))
    return tidy("\n".join(printed), data)


def tidy(text: str, data: Path) -> str:
    """Return printed text without trailing spaces and without the name of the data folder."""
    plain = text.replace(str(data), "data")
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip("\n")


def prepare(data: Path) -> Path:
    """Give a new data folder the index of place names that `make setup` built (it takes half a minute); returns the folder."""
    built = ROOT / "data" / "gazetteer"
    if built.is_dir() and not (data / "gazetteer").exists():
        shutil.copytree(built, data / "gazetteer")
    return data


def rewritten(text: str, data: Path) -> str:
    """Return the README with the output of every command that is run."""
    for command in commands(text):
        if command.is_run and command.output:
            text = text.replace(f"$ {command.line}\n{command.output}\n", f"$ {command.line}\n{run(command, data)}\n")
        elif command.is_run:
            run(command, data)
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(rewritten(README.read_text(encoding="utf-8"), prepare(Path(folder) / "data")), encoding="utf-8")
