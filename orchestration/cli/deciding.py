"""What all commands by which people overrule the machine share: the signature and what happens next.

Belongs here: options and sentences. Keep out: the commands, a module of its own each.
"""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

NEXT = "The next `casualties run` (also one that takes in nothing new) brings it into the comparison."
UNDO = "Take it back with `casualties corrections undo {}`."
WhyOption = Annotated[str, typer.Option("--why", help="The reason; it is kept with the decision.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who decided.  [default: your user name]")]
IncidentArgument = Annotated[str, typer.Argument(metavar="ID", help="As `casualties compare` prints it; its first digits do.")]


def signed(by: str | None) -> tuple[str, datetime]:
    """Return who decides (the user's name where none is given) and when (UTC)."""
    return by or getpass.getuser(), datetime.now(UTC)


def say(sentence: str, correction_id: int) -> None:
    """Print what was decided, how to take it back, and when it shows."""
    typer.echo(f"{sentence} {UNDO.format(correction_id)}\n{NEXT}")
