"""Options that several commands share, and the console they print on.

Belongs here: what must look the same in every command. Keep out: any one command.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from transforms.errors import InputError
from warehouse.paths import DATA_VARIABLE, DataFolder, data_folder

if TYPE_CHECKING:
    from rich.console import Console

WIDTH_OF_PIPES = 140
WIDEST = 170
DataOption = Annotated[
    Path | None,
    # No `envvar` here: on a command it would beat a --data that stands before the command. `data_folder` looks at it last.
    typer.Option(
        "--data",
        help=f"Data folder; everything the program writes goes there. [default: ./data; env var: {DATA_VARIABLE}]",
        metavar="DIR",
    ),
]


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="table for people, csv or json for programs.")]


def folder(option: Path | None, context: typer.Context) -> DataFolder:
    """Return the data folder: the command's own option, else the one given before the command, else environment, else ./data."""
    return data_folder(option if option is not None else context.find_root().obj)


def day(text: str | None, option: str) -> date | None:
    """Return the ISO day of an option; raises InputError when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option} {text!r} is no day; write it like 2018-07-25") from None


def console(*, stderr: bool = False) -> Console:
    """Return the console to print on: as wide as the terminal, 140 columns in a pipe unless COLUMNS says otherwise.

    Markup and highlighting are off: brackets and numbers in article text mean nothing to it.
    """
    from rich.console import Console  # 60 ms that `casualties read` need not pay

    stream = sys.stderr if stderr else sys.stdout
    made = Console(file=stream, markup=False, highlight=False, emoji=False)
    if not stream.isatty() and not os.environ.get("COLUMNS"):
        made.width = WIDTH_OF_PIPES
    made.width = min(made.width, WIDEST)
    return made
