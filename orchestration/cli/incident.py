"""`casualties incident`: every figure of one incident, with the words it came from.

Belongs here: the command and its layout. Keep out: queries and wording.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.inert import inert, write_csv, write_json
from orchestration.cli.options import DataOption, Format, FormatOption, console, folder

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

COLUMNS = (
    *("figure_id", "outcome", "quantity_text", "count_min", "count_max", "bound", "victim_text", "victim_status", "demographic"),
    *("relation", "scope", "stance", "review", "origin", "origin_affiliation", "source_text", "source_kind", "publisher"),
    *("original_publisher", "published_on", "title", "url", "in_title", "sentence", "is_paraphrase", "flags"),
)


def incident(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="ID", help="As `casualties compare` prints it; its first digits do.")],
    form: FormatOption = Format.table,
    data: DataOption = None,
    why: Annotated[bool, typer.Option("--why", help="Instead, why these reports are one incident: every link with its evidence.")] = False,
    picture: Annotated[Path | None, typer.Option("--picture", help="With --why: also a waterfall of each report's best link, SVG.")] = None,
) -> None:
    """Show one incident: the comparison, then every figure with quote, source, publisher and link.

    \b
    Examples
      casualties incident 4611
      casualties incident 4611 --format csv > figures.csv
      casualties incident 4611 --why --picture links.svg
    """
    from warehouse import comparison  # DuckDB
    from warehouse.connection import open_published

    if why or picture is not None:
        from orchestration.cli.incident_why import show_why

        with open_published(folder(data, context)) as con:
            show_why(con, number, form, picture)
        return
    with open_published(folder(data, context)) as con:
        found = comparison.one_incident(con, number)
        figures = comparison.figures_of(con, found.incident_id)
    if form is Format.json:
        write_json(sys.stdout, {"incident": asdict(found), "figures": figures})
    elif form is Format.csv:
        write_csv(sys.stdout, COLUMNS, ([figure[name] for name in COLUMNS] for figure in figures))
    else:
        from orchestration.cli.comparison_table import show_incident

        out = console()
        show_incident(out, found)
        _show_figures(out, figures)


def _show_figures(out: Console, figures: Sequence[dict[str, Any]]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from warehouse import wording
    from warehouse.comparison import by_sentence

    out.print(Text(" Every figure, with its words ", style="bold reverse"))
    for _, group in groupby(figures, key=lambda figure: figure["article_id"]):
        listed = list(group)
        first = listed[0]
        head = Text(f"\n{inert(first['publisher'] or 'publisher not known')}", style="bold")
        head.append(f"  {first['published_on'] or 'day unknown'}", style="not bold")
        if first["original_publisher"]:
            head.append(f"  from {inert(first['original_publisher'])}", style="not bold")
        if first["is_paraphrase"]:
            head.append(f"  {wording.PARAPHRASE}", style="not bold yellow")
        out.print(head)
        out.print(Text(inert(first["title"] or ""), style="italic"))
        out.print(Text(inert(first["url"] or "no link"), style="dim"), soft_wrap=True)
        for sentence, in_title, group_of_sentence in by_sentence(listed):
            for figure in group_of_sentence:
                out.print(Padding(_figure(figure), (0, 0, 0, 2), expand=False))
            quote = Text(f"{'headline' if in_title else 'text'}: “{inert(sentence)}”", style="dim")
            if first["is_paraphrase"]:
                quote.append(f" ({wording.PARAPHRASE})", style="not dim yellow")
            out.print(Padding(quote, (0, 0, 0, 4), expand=False))


def _figure(figure: dict[str, Any]) -> Text:
    from rich.text import Text

    text = Text.assemble((inert(figure["quantity_text"]), "bold"), f" {figure['outcome']}")
    about = [inert(figure["victim_text"] or "people not named")]
    if figure["relation"] == "part_of":
        about.append("a share of another figure")
    if figure["stance"] != "asserted":
        about.append(figure["stance"].replace("_", " "))
    if figure["scope"] != "incident":
        about.append(figure["scope"])
    if figure["flags"]:
        about.append(f"marked {', '.join(map(inert, figure['flags']))}")
    text.append(f" ({'; '.join(about)}), said by {inert(figure['source_text'] or 'the article itself')}")
    if figure["source_text"] and figure["origin"] and figure["origin"] != figure["source_text"]:
        text.append(f" [= {inert(figure['origin'])}]", style="dim")
    if figure["origin_affiliation"]:
        text.append(f" [party: {inert(figure['origin_affiliation'])}]", style="yellow")
    return text
