"""Linking: which reports of different articles tell of one incident, with probability and reasons.

Splink with a linking model of fixed parameters, on its DuckDB backend, in a scratch database: it leaves tables of its own
behind. What is handed over holds no number of people.

Belongs here: preparing the reports, running the model, pairs out. Keep out: the model (`linking_model.py`), what is known of
earlier runs (`linking_memory.py`), the pairs themselves (`pairs.py`) and groups of them (`grouping.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa

from transforms.identity import hash63
from warehouse.likeness import MOST_NAMES, names, weigh, words
from warehouse.linking_memory import (
    add_words,
    fingerprint,
    levels_shown,
    made_by,
    neighbours,
    remember,
    remembered,
    remembering,
    take_in,
)
from warehouse.linking_model import Model, Reason
from warehouse.open_days import is_open, weekdays, year_days
from warehouse.pairs import Pairs, Shown, in_order
from warehouse.shared_words import Shared
from warehouse.statements import statement

WordsOf: TypeAlias = Callable[[list[int]], Iterable[str | None]]
_TEXTS_AT_ONCE = 2_000
AT_LEAST = 0.1  # pairs of a smaller probability are not kept
EVIDENCE: dict[str, pa.DataType] = {
    "report_id": pa.uint64(),
    "article_id": pa.string(),
    "article_version_id": pa.uint64(),
    "story_id": pa.uint64(),
    "is_main": pa.bool_(),
    "published_on": pa.date32(),
    "event_date_start": pa.date32(),
    "event_date_end": pa.date32(),
    "day_stated": pa.bool_(),
    "is_open": pa.bool_(),
    "year_days": pa.list_(pa.int16()),
    "weekdays": pa.list_(pa.int16()),
    "country": pa.string(),
    "place_admin": pa.string(),
    "place_id": pa.uint64(),
    "place_fine": pa.bool_(),
    "lat": pa.float64(),
    "lon": pa.float64(),
    "attacker_group": pa.string(),
    "victim_groups": pa.list_(pa.string()),
    "weapons": pa.list_(pa.string()),
}
_A_SLICE = 1_000  # new reports whose pairs are reckoned at once: hundreds of thousands of pairs


def find_pairs(reports: Sequence[Mapping[str, Any]], model: Model, memory: Path | None = None, words_of: WordsOf | None = None) -> Pairs:
    """Return the pairs of reports that the model finds at all likely (AT_LEAST), most probable first.

    reports: rows of `core/link_inputs.sql`. memory: the file in which what is reckoned is kept for the next time; the pairs are
    the same with and without. words_of: gives the texts of these reports in order; then `words` of the rows is a mark of the text in
    its place, since only the texts of new reports are asked for, and not all at once.
    """
    given = sorted(reports, key=lambda item: item["report_id"])
    marks = [fingerprint(report) for report in given]
    with remembering(memory, made_by(model.fingerprint)) as con:
        con.execute(statement("core/link_macros"))
        new = take_in(con, describe(given).append_column("fingerprint", pa.array(marks, type=pa.uint64())))
        fresh = [(mark, report) for mark, report in zip(marks, given, strict=True) if mark in new]
        add_words(con, pa.concat_tables(_weighed(fresh, model, words_of)), model.blocking)
        predict(con, neighbours(con), model)
        remember(con)
        shown = [Shown(probability, _reasons(gammas, model)) for probability, gammas in levels_shown(con)]
        ids = [int(report["report_id"]) for report in given]
        return Pairs(ids, marks, shown, in_order(remembered(con), [item.probability for item in shown], len(ids)))


def describe(reports: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Return what the model compares of each report, beside the words of its text: columns of EVIDENCE."""
    worked_out: dict[str, Callable[[Mapping[str, Any]], object]] = {
        "event_date_end": lambda report: report["event_date_end"] or report["event_date_start"],
        "is_open": is_open,
        "year_days": year_days,
        "weekdays": weekdays,
    }
    columns = {name: map(worked_out.get(name, itemgetter(name)), reports) for name in EVIDENCE}
    return pa.table({name: pa.array(columns[name], type=kind, size=len(reports)) for name, kind in EVIDENCE.items()})


def _weighed(fresh: Sequence[tuple[int, Mapping[str, Any]]], model: Model, words_of: WordsOf | None) -> Iterator[pa.Table]:
    for start in range(0, max(1, len(fresh)), _TEXTS_AT_ONCE):
        some = fresh[start : start + _TEXTS_AT_ONCE]
        if words_of is not None:
            texts = words_of([report["report_id"] for _, report in some])
            some = [(mark, {"words": text}) for (mark, _), text in zip(some, texts, strict=True)]
        yield weighed_words(some, model)


def weighed_words(reports: Sequence[tuple[int, Mapping[str, Any]]], model: Model) -> pa.Table:
    """Return the weightiest words of reports, given with their fingerprints, those of them that are not common (`telling`), and those
    of their names that the model's table does not list.

    Columns fingerprint, words, weights, telling, names; one row a report, in order.
    """
    listed = model.rarity.per_10000
    common = {hash63("word", word) for word, share in listed.items() if share > model.blocking["most_common"]}
    weighed = [weigh(words(report["words"] or ""), model.rarity) for _, report in reports]
    named = [[name for name in names(report["words"] or "") if name not in listed][:MOST_NAMES] for _, report in reports]
    return pa.table(
        {
            "fingerprint": pa.array([mark for mark, _ in reports], type=pa.uint64()),
            "words": pa.array([list(item) for item in weighed], type=pa.list_(pa.uint64())),
            "weights": pa.array([list(item.values()) for item in weighed], type=pa.list_(pa.float64())),
            "telling": pa.array([[word for word in item if word not in common] for item in weighed], type=pa.list_(pa.uint64())),
            "names": pa.array([[hash63("name", name) for name in item] for item in named], type=pa.list_(pa.uint64())),
        }
    )


def predict(con: duckdb.DuckDBPyConnection, n_near: int, model: Model) -> None:
    """Make the table `found` of the likely pairs of which one report at least is new: report_id_l, report_id_r, match_probability,
    gammas (the level of each comparison).

    con: a scratch database with the macros of `core/link_macros.sql` and the tables of `linking_memory.neighbours`, which gave
    n_near. The pairs of a thousand new reports are reckoned at a time, in order of publication: memory does not grow with the
    number of pairs. Two reports of one article version are never a pair: it was split into them for a reason.
    """
    con.execute(statement("core/link_found"))
    if n_near < 2:
        return
    from splink import Linker  # here, because importing it takes longer than most commands take
    from splink.backends.duckdb import DuckDBAPI

    splink = DuckDBAPI(connection=con)
    linker = Linker(splink.register("near", dataset_display_name="reports"), model.settings(), log_level=None, validate_settings=False)
    gammas = ", ".join(f"gamma_{comparison.name}" for comparison in model.comparisons)
    last = con.execute("SELECT count(*) FROM fresh").fetchall()[0][0]
    shared = Shared(con.sql("SELECT report_id, words, weights, names FROM near ORDER BY report_id").to_arrow_table())
    for first in range(0, last, _A_SLICE):
        met = con.sql(statement("core/link_candidates"), params={"first": first, "after": first + _A_SLICE}).to_arrow_table()
        candidates = f"candidates_{first}"  # a name of its own: Splink keeps what it reckoned under the names of the tables
        con.register("told", met.append_column("match_key", shared.of(met["join_key_l"], met["join_key_r"])))
        con.execute(f"CREATE TEMP TABLE {candidates} AS FROM told")
        con.unregister("told")
        linker.table_management.register_blocked_pairs_for_predict(splink.register(candidates))
        predicted = linker.inference.predict(threshold_match_probability=AT_LEAST)
        levels = predicted.as_duckdbpyrelation().project(f"report_id_l, report_id_r, match_probability, list_value({gammas}) AS gammas")
        levels.insert_into("found")
        predicted.drop_table_from_database_and_remove_from_cache()
        con.execute(f"DROP TABLE {candidates}")


def _reasons(levels: tuple[int, ...], model: Model) -> tuple[Reason, ...]:
    """Return what the levels of the comparisons say."""
    return model.reasons({comparison.name: level for comparison, level in zip(model.comparisons, levels, strict=True)})
