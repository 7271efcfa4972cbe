"""`casualties run`: the whole pipeline, in this process.

Belongs here: options, progress bars, the summary. Keep out: the stages (`orchestration/pipeline.py`, run by Dagster's job).
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.cli.bars import bars
from orchestration.cli.inert import inert
from orchestration.cli.options import DataOption, folder
from transforms.errors import CasualtiesError, InputError

if TYPE_CHECKING:
    from orchestration.progress import Progress
    from warehouse.paths import DataFolder

MOST_REJECTED_SHOWN = 5


def run(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH…]", help="Files and folders; .txt .md .html .json .jsonl .csv .parquet, .zip .gz .warc .wacz"),
    ] = None,
    sources: Annotated[
        Path | None, typer.Option("--sources", metavar="FILE", help="A sources.toml: feeds, sitemaps, lists of addresses, folders.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="NAME", help="Of the sources, this one; may be repeated.")] = None,
    gazetteer: Annotated[Path | None, typer.Option("--gazetteer", metavar="FILE", help="Your own places, kept for later runs.")] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Reading processes.  [default: one a core]")] = None,
    chunk_size: Annotated[int, typer.Option("--chunk-size", min=1, help="Articles validated and landed at a time.")] = 500,
    data: DataOption = None,
) -> None:
    """Take articles in, read them, check the figures, link incidents, compare, publish.

    \b
    Examples
      casualties run examples/articles
      casualties run news.jsonl archive/ --workers 4
      casualties run articles --gazetteer my-places.csv
      casualties run --sources sources.toml --only daily

    The same file twice adds nothing. What cannot be read is listed with its reason and the run goes on. A run that was
    killed goes on where it was when the command is given again.
    """
    where = folder(data, context)
    if not paths and sources is None:
        raise InputError("nothing to take in; name files or folders with articles, or --sources FILE")
    missing = [path for path in paths or [] if not path.exists()]
    if missing:
        raise InputError(f"there is no {missing[0]}; name files or folders with articles")
    intake = _intake(paths or [], sources, only or [])
    if gazetteer is not None:
        from orchestration import own_places
        from warehouse import clock

        own_places.add([gazetteer], where, clock.now())
    with bars() as progress:
        run_id, error = execute(where, intake, workers or os.cpu_count() or 1, chunk_size, progress)
    _summarize(where, run_id)
    if error is not None:
        raise error


def _intake(paths: list[Path], sources: Path | None, only: list[str]) -> dict[str, Any]:
    """Return the configuration of the intake. Raises InputError when the sources are not right."""
    config: dict[str, Any] = {"paths": [str(path.absolute()) for path in paths]}
    if sources is not None:
        from orchestration.fetching.settings import read

        read(sources).named(tuple(only))
        config |= {"sources": str(sources.absolute()), "only": only}
    elif only:
        raise InputError("--only chooses among the sources of a file; name it with --sources")
    return config


def execute(
    where: DataFolder, intake: dict[str, Any], workers: int, chunk_size: int, progress: Progress
) -> tuple[str, CasualtiesError | None]:
    """Run Dagster's full-run job in this process, in two parts: taking in, and all the rest when there is anything to do.

    (One part would have Dagster write down, for every table and check, that nothing has changed: 5 s for no news.) Returns
    the run's id and, when it failed for a reason we know, that reason.
    """
    from orchestration import home  # Dagster takes a second to import, and the job's packages two

    where.root.mkdir(parents=True, exist_ok=True)
    _refuse_locked(where)
    with home.own_streams(), home.instance(where) as instance:
        import dagster as dg

        from orchestration import jobs, pipeline
        from orchestration.definitions import definitions
        from orchestration.resources import PART_OF
        from warehouse import clock

        run_id = str(uuid.uuid4())
        job = definitions(where.root, progress).resolve_job_def(jobs.full_run.name)
        shared: dict[str, Any] = {"instance": instance, "partition_key": clock.now().date().isoformat()}
        tags = {home.PID_TAG: home.process_tag()}
        take_in = {"take_in_articles": {"config": intake}}
        read = {"read_articles": {"config": {"workers": workers, "chunk_size": chunk_size}}}
        try:
            job.execute_in_process(run_id=run_id, asset_selection=jobs.INTAKE_KEYS, tags=tags, run_config=_config(take_in), **shared)
            if pipeline.has_work(where):
                rest = [key for key in job.asset_layer.executable_asset_keys if key not in jobs.INTAKE_KEYS]
                job.execute_in_process(asset_selection=rest, tags=tags | {PART_OF: run_id}, run_config=_config(read), **shared)
        except (CasualtiesError, dg.Failure) as error:
            return run_id, _known(error)
        except (KeyboardInterrupt, dg.DagsterExecutionInterruptedError):
            return run_id, CasualtiesError("the run was interrupted; give the command again: what had landed stays, it goes on from there")
    return run_id, None


def _config(ops: dict[str, Any]) -> dict[str, Any]:
    """Return the run's configuration. Its log on standard error is off: what fails is said once, by us, and the UI has it all."""
    return {"ops": ops, "loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def _refuse_locked(where: DataFolder) -> None:
    """Raise WarehouseLockedError at once when somebody else is at it: the job itself would try again for a minute."""
    from warehouse.lock import hold

    with hold(where.lock, "about to run"):
        pass


def _known(error: BaseException) -> CasualtiesError:
    """Return the error that a step raised on purpose, out of Dagster's wrapping."""
    cause = error if isinstance(error, CasualtiesError) else error.__cause__
    return cause if isinstance(cause, CasualtiesError) else CasualtiesError(str(error))


def _summarize(where: DataFolder, run_id: str) -> None:
    """Print what the run took in, read, landed and held back, and where to look for what was left out."""
    from warehouse.connection import open_working
    from warehouse.load import fetch_rows
    from warehouse.statements import statement

    with open_working(where, "summary of a run") as con:
        rows = fetch_rows(con, "FROM ops.runs WHERE run_id = ?", [run_id])
        rejected = fetch_rows(con, "FROM ops.rejected_inputs WHERE run_id = ? ORDER BY origin, line", [run_id])
        not_read = con.execute(statement("report/not_read_by_language"), [run_id]).fetchall()
        failed = con.execute(statement("report/reader_failures"), [run_id]).fetchall()
    for line in summary(rows[0], rejected, not_read, failed) if rows else ():
        typer.echo(line)


def summary(
    counts: dict[str, Any],
    rejected: list[dict[str, Any]],
    not_read: Sequence[tuple[str, int]] = (),
    failed: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """Return the summary's lines.

    counts: the run's row of ops.runs; rejected: the inputs that it was the first to reject; not_read: languages without a
    grammar, and how many article versions in each this run left unread; failed: ids of articles that the reader failed on, and where.
    """
    n = {name: value or 0 for name, value in counts.items() if name.startswith("n_")}
    lines = [f"Received {_counted(n['n_received'], 'article')}: {n['n_new_versions']} new, {n['n_received'] - n['n_new_versions']} known."]
    if not_read:
        listed = ", ".join(f"{number} in {inert(code)}" for code, number in not_read)
        lines.append(f"Kept unread, for want of a grammar of their language: {listed}.")
        lines.append("  see them: casualties sql \"FROM core.articles WHERE language <> 'en'\"")
    if failed:
        lines.append(
            f"Kept unread, as the reader failed on them (a fault of the reader; please report it): {_counted(len(failed), 'article')}."
        )
        lines += [f"  {inert(article_id)}  {inert(error)}" for article_id, error in failed[:MOST_REJECTED_SHOWN]]
        lines.append("  all of them: casualties sql \"FROM ops.readings WHERE not_read = 'error'\"")
    if n["n_rejected"]:
        lines.append(f"Left out {_counted(n['n_rejected'], 'input')} that could not be taken in ({len(rejected)} for the first time):")
        lines += [f"  {_place(row)}  {row['reason']}: {inert(row['detail'])}" for row in rejected[:MOST_REJECTED_SHOWN]]
        lines.append('  all of them: casualties sql "FROM ops.rejected_inputs"')
    if counts["status"] == "failed":
        lines.append("The run failed; what had landed before stays.")
    elif not n["n_read"]:
        lines.append("Nothing new to read.")
    else:
        lines.append(f"Read {_counted(n['n_read'], 'article')}: {_counted(n['n_figures'], 'figure')}, {n['n_quarantined']} held back.")
        if n["n_quarantined"]:
            lines.append("  see them: casualties quarantine list")
    return lines


def _place(row: dict[str, Any]) -> str:
    return inert(row["origin"]) + (f", line {row['line']}" if row["line"] else "")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
