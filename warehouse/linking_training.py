"""Training the linking on one's own reports, without labels: an explicit step, and a model file of its own version.

Without labels two things can be learned: how common words are in one's own news, and how often reports of different
incidents agree by chance (u). What agreement looks like within an incident (m) needs labels and stays as shipped. Pairs that
the present linking joins are left out of the count: they would pass for chance.

Belongs here: counting, and writing the model. Keep out: using it (`linking.py`).
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

from transforms.errors import InputError
from warehouse.ddl import quote_identifier
from warehouse.likeness import count_rarity, write_rarity
from warehouse.linking import describe, weighed_words
from warehouse.linking_model import BLOCKING, Comparison, Level, Model
from warehouse.statements import statement

FEWEST_REPORTS = 1_000
PAIRS = 400_000
# The shipped u counts like as many pairs as are drawn: what they never show, such as a text printed twice, gains a bit at most.
_SEED = 1


def train(reports: Sequence[Mapping[str, Any]], incidents: Mapping[int, int], model: Model, today: date, n_pairs: int = PAIRS) -> Model:
    """Return a model whose u and rarity of words are those of these reports.

    reports: rows of `core/link_inputs.sql`. incidents: the incident of each report, as linked now. n_pairs: random pairs to count
    in. Raises InputError when there are fewer than FEWEST_REPORTS.
    """
    if len(reports) < FEWEST_REPORTS:
        few = f"{len(reports)} reports are too few to learn from: at least {FEWEST_REPORTS:,} are wanted"
        raise InputError(f"{few}; the model stays as it is")
    own = dataclasses.replace(model, rarity=count_rarity([_texts(reports, incidents)], model.rarity))
    counts = _count(reports, incidents, own, n_pairs)
    comparisons = tuple(_learned(comparison, counts[comparison.name]) for comparison in model.comparisons)
    trained = dataclasses.replace(own, comparisons=comparisons)
    digest = hashlib.blake2b(repr((comparisons, sorted(own.rarity.per_10000.items()))).encode()).hexdigest()
    return dataclasses.replace(trained, version=f"own-{today.isoformat()}-{digest[:8]}", fingerprint=digest)


def _texts(reports: Sequence[Mapping[str, Any]], incidents: Mapping[int, int]) -> list[list[str]]:
    """Return the texts of each incident that an article is mainly about, one a story."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for report in reports:
        if report["is_main"]:
            found[incidents.get(report["report_id"], report["report_id"])][report["story_id"]] = report["words"] or ""
    return [list(texts.values()) for texts in found.values()]


def moved(old: Model, new: Model, at_least: float = 0.5) -> list[tuple[str, str, float, float]]:
    """Return the levels whose match weight moved by that many bits: comparison, words, weight before and after."""
    found = []
    for former, comparison in zip(old.comparisons, new.comparisons, strict=True):
        for before, after in zip(former.levels, comparison.levels, strict=True):
            if not before.null and abs(after.weight - before.weight) >= at_least:
                found.append((comparison.name, before.says, before.weight, after.weight))
    return found


def write_model(model: Model, path: Path) -> None:
    """Write a model file, and its rarity table beside it. Each is swapped in whole."""
    rarity = _rarity_beside(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    making = rarity.with_suffix(".tmp")
    write_rarity(model.rarity, making)
    making.replace(rarity)
    making = path.with_suffix(".tmp")
    making.write_text("\n".join(_lines(model, rarity.name)) + "\n", encoding="utf-8")
    making.replace(path)


def forget_model(path: Path) -> None:
    """Remove a model file that `write_model` wrote, where there is one; what else lies beside it stays."""
    path.unlink(missing_ok=True)  # first: a model without its table could not be read
    _rarity_beside(path).unlink(missing_ok=True)


def _rarity_beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}_rarity.csv")


def _count(reports: Sequence[Mapping[str, Any]], incidents: Mapping[int, int], model: Model, n_pairs: int) -> dict[str, Counter[int]]:
    """Return how many random pairs of different incidents show each level (its number in the list), by comparison."""
    given = [*enumerate(reports)]
    evidence = describe(reports)
    weighed = weighed_words(given, model)
    for name in ("words", "weights", "names"):
        evidence = evidence.append_column(name, weighed[name])
    random = Random(_SEED)
    drawn = [(random.randrange(len(reports)), random.randrange(len(reports))) for _ in range(n_pairs)]
    apart = [pair for pair in drawn if not _same(reports[pair[0]], reports[pair[1]], incidents)]
    con = duckdb.connect(":memory:")
    try:
        con.execute(statement("core/link_macros"))
        con.register("evidence", evidence.append_column("number", pa.array(range(len(reports)))))
        con.register("drawn", pa.table({"one": [one for one, _ in apart], "other": [other for _, other in apart]}))
        con.execute("SET enable_progress_bar = false")
        shown = ", ".join(f"{_level_shown(comparison)} AS {quote_identifier(comparison.name)}" for comparison in model.comparisons)
        levels = con.sql(f"SELECT {shown} FROM ({_sides(evidence.column_names)})").to_arrow_table()
        return {comparison.name: Counter(levels[comparison.name].to_pylist()) for comparison in model.comparisons}
    finally:
        con.close()


def _same(one: Mapping[str, Any], other: Mapping[str, Any], incidents: Mapping[int, int]) -> bool:
    if one["article_version_id"] == other["article_version_id"]:
        return True
    incident = incidents.get(one["report_id"])
    return incident is not None and incident == incidents.get(other["report_id"])


def _sides(columns: Sequence[str]) -> str:
    """Return the query for the pairs with the columns of both, named as the conditions of a model name them."""
    both = ", ".join(f"{side}.{quote_identifier(name)} AS {quote_identifier(f'{name}_{side}')}" for side in "lr" for name in columns)
    return f"SELECT {both} FROM drawn JOIN evidence AS l ON l.number = drawn.one JOIN evidence AS r ON r.number = drawn.other"


def _level_shown(comparison: Comparison) -> str:
    """Return the expression for the number of the level that a pair shows. The conditions are the model's own: trusted like code."""
    cases = " ".join(f"WHEN {level.when} THEN {number}" for number, level in enumerate(comparison.levels[:-1]))
    return f"CASE {cases} ELSE {len(comparison.levels) - 1} END"


def _learned(comparison: Comparison, counts: Counter[int]) -> Comparison:
    said = [(number, level) for number, level in enumerate(comparison.levels) if not level.null]
    drawn, shipped = sum(counts[number] for number, _ in said), sum(level.u for _, level in said)
    if not drawn or all(level.u == level.m for _, level in said):
        return comparison
    learned = {number: (counts[number] / drawn + level.u / shipped) / 2 for number, level in said}
    levels = (_with_u(level, learned.get(number)) for number, level in enumerate(comparison.levels))
    return dataclasses.replace(comparison, levels=tuple(levels))


def _with_u(level: Level, u: float | None) -> Level:
    return level if u is None or level.m == level.u else dataclasses.replace(level, u=float(f"{u:.3g}"))


def _lines(model: Model, rarity: str) -> list[str]:
    lines = [
        "# A linking model trained on one's own reports (`casualties incidents train`). For what each value means, see the shipped one.",
        f"model_version = {json.dumps(model.version)}",
        f"rarity = {json.dumps(rarity)}",
        *(f"{name} = {getattr(model, name)!r}" for name in ("prior", "link_from", "cluster_from", "cluster_despite")),
        *(f"{name} = {getattr(model, name)!r}" for name in ("most_days_apart", "most_km_apart")),
        "[blocking]",
        *(f"{name} = {model.blocking[name]}" for name in BLOCKING),
    ]
    for comparison in model.comparisons:
        lines += ["[[comparison]]", f"name = {json.dumps(comparison.name)}"]
        for level in comparison.levels:
            lines += ["[[comparison.level]]", f"when = {json.dumps(level.when)}", f"says = {json.dumps(level.says)}"]
            lines += ["null = true"] if level.null else [f"m = {level.m!r}", f"u = {level.u!r}"]
    return lines
