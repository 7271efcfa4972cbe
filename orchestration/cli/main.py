"""The `casualties` command: its sub-commands, its help, and how errors become exit codes.

Exit codes: 0 done, 1 a run failed, 2 wrong use.

Heavy packages (Dagster 1 s, Great Expectations 4 s, pandas, DuckDB, rich) are imported inside the functions that need
them: `casualties read` and `--help` must start within a second.

Belongs here: the application. Keep out: what a command does (a module of its own each).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated

import typer

from orchestration.cli import (
    backup,
    comparing,
    corrections,
    diff_reader,
    evidence,
    explain,
    figures,
    gazetteer,
    incident,
    incidents,
    places,
    prepare,
    prune,
    quarantine,
    read,
    redact,
    report,
    run,
    sources,
    sql,
    ui,
    verify,
)
from orchestration.cli.inert import inert
from orchestration.cli.machine import trouble
from orchestration.cli.options import DataOption
from transforms.errors import CasualtiesError, InputError

FAILED, WRONG_USE = 1, 2
_NO_TEXT = re.compile("[\ud800-\udfff]")
HELP = """Read reported casualty figures out of news articles and set the sources side by side.

\b
Begin with
  casualties run examples/articles        the whole pipeline on a folder of articles
  casualties compare                      what different sources said of the same attack
  casualties incident 4611                every figure of one incident, with the words it came from
  casualties report                       the same as HTML pages
  casualties sql "FROM mart.incident_tolls"
  casualties ui                           lineage, checks and runs in the browser

\b
Everything is written below one data folder: ./data, or --data DIR, or the environment's CASUALTIES_DATA.
Exit codes: 0 done, 1 a run failed, 2 wrong use.
"""

app = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help: it keeps the examples' lines, and needs no rich
    pretty_exceptions_enable=False,  # they print local variables, and those hold article text
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from transforms.reading.reader import READER_VERSION  # reads the lexicons

        typer.echo(f"casualties {version('casualty-warehouse')}, reader {READER_VERSION}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    data: DataOption = None,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Take the options that stand before the command."""
    context.obj = data


app.command("run")(run.run)
app.command("compare")(comparing.compare)
app.command("incident")(incident.incident)
app.command("report")(report.report)
app.command("sql")(sql.sql)
app.command("read")(read.read)
app.command("explain")(explain.explain)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(incidents.app, name="incidents")
app.add_typer(figures.app, name="figures")
app.add_typer(corrections.app, name="corrections")
app.add_typer(sources.app, name="sources")
app.add_typer(places.app, name="places")
app.add_typer(gazetteer.app, name="gazetteer")
app.command("ui")(ui.ui)
app.command("prepare")(prepare.prepare)
app.command("diff-reader")(diff_reader.diff_reader)
app.command("prune")(prune.prune)
app.command("evidence")(evidence.evidence)
app.command("redact")(redact.redact)
app.command("verify")(verify.verify)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)


def _check_words(arguments: Sequence[str]) -> None:
    """Raise InputError for an argument that is no text, unless a file is called so: file names may be any bytes."""
    for argument in arguments:
        if _NO_TEXT.search(argument) and not os.path.lexists(argument):
            raise InputError(f"the argument {argument!r:.80} is not valid UTF-8, and no file or folder is called so; write it as UTF-8")


def main() -> None:
    """Run the command line; errors that the project raises on purpose become one line on standard error."""
    try:
        _check_words(sys.argv[1:])
        app()
    except CasualtiesError as error:
        typer.echo(f"casualties: {inert(error)}", err=True)
        sys.exit(WRONG_USE if isinstance(error, InputError) else FAILED)
    except Exception as error:
        if (told := trouble(error)) is None:
            raise
        typer.echo(f"casualties: {inert(told)}", err=True)
        sys.exit(FAILED)
