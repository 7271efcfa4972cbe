"""`casualties figures`: people's review of single figures.

Belongs here: the commands. Keep out: what a decision does (`warehouse/corrections.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.deciding import ByOption, WhyOption, say, signed
from orchestration.cli.options import DataOption, folder
from transforms.errors import InputError

if TYPE_CHECKING:
    from warehouse.paths import DataFolder

app = typer.Typer(help="Review figures: confirm, amend or reject what the machine read.", no_args_is_help=True, rich_markup_mode=None)
FigureArgument = Annotated[int, typer.Argument(metavar="FIGURE", help="figure_id, as `casualties incident ID --format csv` prints it.")]


@app.command("confirm")
def confirm_(context: typer.Context, figure: FigureArgument, why: WhyOption, by: ByOption = None, data: DataOption = None) -> None:
    """Say that the machine read a figure well.

    \b
    Example
      casualties figures confirm 123 --why "checked against the page"
    """
    _correct(folder(data, context), "confirm", figure, why, by, {})


@app.command("amend")
def amend_(
    context: typer.Context,
    figure: FigureArgument,
    values: Annotated[list[str], typer.Argument(metavar="COLUMN=VALUE…", help="Columns of core.figures; nothing after = for none.")],
    why: WhyOption,
    by: ByOption = None,
    data: DataOption = None,
) -> None:
    """Set what the machine read wrong. What it had read is kept, and comes back when the correction is undone.

    \b
    Example
      casualties figures amend 123 victim_status=civilian --why "the sentence before says who they were"
    """
    broken = [value for value in values if "=" not in value]
    if broken:
        raise InputError(f"{broken[0]!r} is no COLUMN=VALUE")
    _correct(folder(data, context), "amend", figure, why, by, dict(value.split("=", 1) for value in values))


@app.command("reject")
def reject_(context: typer.Context, figure: FigureArgument, why: WhyOption, by: ByOption = None, data: DataOption = None) -> None:
    """Say that a figure is none. It is shown beside the others from then on, and never counts.

    \b
    Example
      casualties figures reject 123 --why "the age of the house, not its dead"
    """
    _correct(folder(data, context), "reject", figure, why, by, {})


def _correct(where: DataFolder, kind: str, figure: int, why: str, by: str | None, values: Mapping[str, str]) -> None:
    from warehouse.connection import open_working
    from warehouse.corrections import correct_figure

    with open_working(where, f"figures {kind}") as con:
        done = correct_figure(con, kind, figure, why, *signed(by), values)
    say(f"Figure {figure}: {kind}.", done)
