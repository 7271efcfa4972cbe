"""`python -m tests.quality.reader_diff`: what a change of the reader did, text by text.

    reader_diff --save            keep what the reader says now as the baseline (data/reader_baseline/<set>.jsonl)
    reader_diff                   compare with the baseline: which texts went from right to wrong, and from wrong to right
    reader_diff gtd own --show 5  these sets, at most five texts each way

What is right is what the set's scorer says of the one text: each total, each answer key; with annotated figures each of them (found,
number and bound right) and each false alarm.

Belongs here: verdicts on single texts, and comparing two runs. Keep out: shares over a set (`runner.py`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.quality import own_score
from tests.quality.runner import SETS, DataSet, read_set, scorer
from warehouse.paths import data_folder

Record = dict[str, Any]
_SHOWN = 20
_WIDTH = 150


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the reader was right on one thing that a text says; `about` are words that show what it is."""

    right: bool
    about: str


@dataclass(frozen=True, slots=True)
class Change:
    """What two runs say of one set: how many verdicts, how many right before and now, and those that turned."""

    n: int
    right_before: int
    right_now: int
    lost: tuple[str, ...]
    won: tuple[str, ...]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDTH else flat[: _WIDTH - 1] + "…"


def _number(total: Record | None) -> str:
    return "nothing" if total is None else f"{total['count_min']}..{total['count_max']}"


def _of_totals(line: Record, record: Record) -> Iterator[tuple[str, Verdict]]:
    for outcome, result in scorer().totals([line], [record], 0).items():
        said = _number(line["main_incident"].get(outcome))
        yield outcome, Verdict(result["exact"] == 1.0, f"said {said}, want {record[outcome]} | {record['text']}")


def _of_keys(line: Record, record: Record) -> Iterator[tuple[str, Verdict]]:
    for kind, (share, n) in scorer().keys([line], [record], 0).items():
        if n:
            yield f"keys of {kind}", Verdict(share == 1.0, f"{share:.0%} of {n} keys | {record['text']}")


def _of_figures(pairs: list[tuple[Record, Record]], line: Record, gold: list[Record]) -> Iterator[tuple[str, Verdict]]:
    for figure in gold:
        match = next((p for p, g in pairs if g is figure), None)
        said = "missed" if match is None else f"read {match['count_min']}..{match['count_max']} {match['bound']}"
        if figure.get("one_reader"):
            continue
        key = f"{figure['outcome']} {'title' if figure['in_title'] else 'text'} {figure['char_start']}"
        right = match is not None and own_score.is_strict(match, figure)
        yield key, Verdict(right, f"{figure['outcome']} {figure['quantity_text']!r} {said} | {figure['sentence']}")
    for figure in line["figures"]:
        if not any(figure is p for p, _ in pairs):
            key = f"extra {figure['outcome']} {'title' if figure['in_title'] else 'text'} {figure['char_start']}"
            yield key, Verdict(False, f"false alarm: {figure['outcome']} {figure['quantity_text']!r} | {figure['sentence']}")


def _of_claims(line: Record, record: Record) -> Iterator[tuple[str, Verdict]]:
    gold = sorted(record["figures"], key=lambda f: bool(f.get("one_reader")))
    yield from _of_figures(scorer().pair(line["figures"], gold), line, gold)


def _of_own(line: Record, record: Record) -> Iterator[tuple[str, Verdict]]:
    yield from _of_figures(own_score.pairs(line["figures"], record["figures"]), line, record["figures"])
    for outcome in ("killed", "injured"):
        want = record["totals"][outcome]
        said = own_score.total_of(line, outcome)
        yield f"total {outcome}", Verdict(said == want, f"total {outcome} said {said}, want {want} | {record['text']}")


_KINDS = {"totals": _of_totals, "keys": _of_keys, "claims": _of_claims, "own": _of_own}


def verdicts(data: DataSet, lines: list[Record]) -> dict[str, Verdict]:
    """Return the verdict on each thing that the texts of a set say, by text and thing."""
    by_id = {str(line["article_id"]): line for line in lines}
    found: dict[str, Verdict] = {}
    for record in data.records():
        line = by_id.get(str(record["article_id"]))
        if line is None:
            continue
        for kind in data.kinds:
            if kind in _KINDS:
                found.update({f"{record['article_id']} {key}": verdict for key, verdict in _KINDS[kind](line, record)})
    return found


def compare(before: dict[str, Verdict], now: dict[str, Verdict]) -> Change:
    """Compare two runs. A false alarm of one run that the other does not have is right there."""
    silent = Verdict(True, "no false alarm any more")
    keys = list(dict.fromkeys([*before, *now]))
    turned = [(key, before.get(key, silent), now.get(key, silent)) for key in keys]
    return Change(
        n=len(keys),
        right_before=sum(b.right for _, b, _ in turned),
        right_now=sum(n.right for _, _, n in turned),
        lost=tuple(f"{key}: {n.about}" for key, b, n in turned if b.right and not n.right),
        won=tuple(f"{key}: {n.about if key in now else b.about}" for key, b, n in turned if n.right and not b.right),
    )


def _baseline(data: DataSet) -> Path:
    return data_folder(None).root / "reader_baseline" / f"{data.name}.jsonl"


def _save(data: DataSet, lines: list[Record]) -> None:
    path = _baseline(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8", errors="backslashreplace")


def _load(data: DataSet) -> list[Record]:
    return [json.loads(line) for line in _baseline(data).read_text(encoding="utf-8").split("\n") if line]


def report(name: str, change: Change, show: int) -> list[str]:
    """Return the lines that tell of one set: what turned, each way, and the totals."""
    lines = []
    for title, turned in (("right -> wrong", change.lost), ("wrong -> right", change.won)):
        lines += [f"{name}  {title}  {_short(text)}" for text in turned[:show]]
        if len(turned) > show:
            lines.append(f"{name}  {title}  … and {len(turned) - show} more")
    in_all = f"{len(change.lost)} went wrong, {len(change.won)} came right"
    lines.append(f"{name}: {change.right_before} -> {change.right_now} of {change.n} right; {in_all}")
    return lines


def _say(*lines: str) -> None:
    sys.stdout.write("".join(line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n" for line in lines))
    sys.stdout.flush()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit code: 1 when a baseline is missing."""
    parser = argparse.ArgumentParser(prog="reader_diff", description="What a change of the reader did, text by text.")
    parser.add_argument("sets", nargs="*", help="sets to compare; all when none is named")
    parser.add_argument("--save", action="store_true", help="keep what the reader says now as the baseline")
    parser.add_argument("--show", type=int, default=_SHOWN, help=f"texts to print each way and set ({_SHOWN})")
    options = parser.parse_args(arguments)
    unknown = set(options.sets) - {data.name for data in SETS}
    if unknown:
        parser.error(f"no set is called {', '.join(sorted(unknown))}; there are {', '.join(data.name for data in SETS)}")
    failed = False
    for data in SETS:
        if not data.is_there or (options.sets and data.name not in options.sets):
            continue
        if not options.save and not _baseline(data).is_file():
            _say(f"{data.name}: no baseline; make one with --save before the change")
            failed = True
            continue
        lines = read_set(data)
        if options.save:
            _save(data, lines)
            _say(f"{data.name}: {len(lines)} readings kept in {_baseline(data).name}")
        else:
            _say(*report(data.name, compare(verdicts(data, _load(data)), verdicts(data, lines)), options.show))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
