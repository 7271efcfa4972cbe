"""`casualties incidents`: people's decisions on which reports are one incident, and the training of the linking.

Belongs here: the commands. Keep out: what a decision does (`warehouse/corrections.py`), what is learned (`warehouse/linking_training.py`).
"""

from __future__ import annotations

from typing import Annotated

import typer

from orchestration.cli.deciding import ByOption, IncidentArgument, WhyOption, say, signed
from orchestration.cli.options import DataOption, folder

app = typer.Typer(help="Overrule the linking: one incident or two.", no_args_is_help=True, rich_markup_mode=None)


@app.command("merge")
def merge_(
    context: typer.Context,
    one: IncidentArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The incident that is the same.")],
    why: WhyOption,
    by: ByOption = None,
    data: DataOption = None,
) -> None:
    """Say that two incidents are one. The id of the better covered one stays; the other one leads to it.

    \b
    Example
      casualties incidents merge 4611 9022 --why "the same market, two spellings"
    """
    from warehouse.connection import open_working
    from warehouse.corrections import merge_incidents

    with open_working(folder(data, context), "incidents merge") as con:
        done = merge_incidents(con, one, other, why, *signed(by))
    say("The two incidents are one.", done)


@app.command("split")
def split_(
    context: typer.Context,
    number: IncidentArgument,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE…", help="article_id of the articles that tell of another incident.")],
    why: WhyOption,
    by: ByOption = None,
    data: DataOption = None,
) -> None:
    """Say that what some articles report of an incident is another incident.

    \b
    Example
      casualties incidents split 4611 url-0e8daae6d4c14939 --why "the second bombing, an hour later"
    """
    from warehouse.connection import open_working
    from warehouse.corrections import split_incident

    with open_working(folder(data, context), "incidents split") as con:
        done = split_incident(con, number, articles, why, *signed(by))
    say("What these articles report is an incident of its own.", done)


@app.command("pin")
def pin_(
    context: typer.Context,
    number: IncidentArgument,
    why: WhyOption,
    by: ByOption = None,
    data: DataOption = None,
) -> None:
    """Say that the reports of an incident are one, whatever a later linking finds. New reports may still join; `split` takes one out.

    \b
    Example
      casualties incidents pin 4611 --why "checked against the hospital list"
    """
    from warehouse.connection import open_working
    from warehouse.corrections import pin_incident

    with open_working(folder(data, context), "incidents pin") as con:
        done = pin_incident(con, number, why, *signed(by))
    say("The reports of this incident stay together.", done)


@app.command("train")
def train_(
    context: typer.Context,
    forget: Annotated[bool, typer.Option("--forget", help="Go back to the shipped model.")] = False,
    data: DataOption = None,
) -> None:
    """Learn from your own reports, without labels, how common words are and how often different incidents agree by chance.

    The model gets a version of its own, which every link names; the next run links anew with it. How incidents agree within
    themselves needs labels, and stays as shipped.

    \b
    Example
      casualties incidents train
    """
    from warehouse import clock
    from warehouse.connection import open_working
    from warehouse.linking_model import load_model
    from warehouse.linking_training import forget_model, moved, train, write_model
    from warehouse.load import fetch_rows
    from warehouse.statements import statement

    where = folder(data, context)
    with open_working(where, "incidents train") as con:
        if forget:
            forget_model(where.linking_model)
            typer.echo("The shipped model is in force again; the next run links with it.")
            return
        incidents = dict(con.execute("SELECT report_id, incident_id FROM core.incident_reports").fetchall())
        shipped = load_model()
        trained = train(fetch_rows(con, statement("core/link_inputs")), incidents, shipped, clock.now().date())
        write_model(trained, where.linking_model)
    typer.echo(f"Model {trained.version} is written to {where.linking_model}; the next run links with it.")
    for comparison, words, before, after in moved(shipped, trained):
        typer.echo(f"  {comparison}: {words}: weight {before:+.1f} -> {after:+.1f} bits")
