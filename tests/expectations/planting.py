"""Makes frames of figures from `tests/fixtures/planted_figures.toml`: good rows, and bad ones with their reasons."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from expectations import frames
from transforms.identity import hash63

FIXTURE = Path(__file__).parents[1] / "fixtures" / "planted_figures.toml"
_MARKS = re.compile("[«»<>]")
STRANGER = hash63("a figure of another article")


@dataclass(frozen=True)
class Case:
    """One planted case: its rows (the bad one first, or last when the partner stands before it), and what it must lead to."""

    number: int
    expectation: str
    why: str
    rows: tuple[dict[str, Any], ...]
    bad: int
    out: frozenset[int]
    also: frozenset[str]

    @property
    def label(self) -> str:
        return f"{self.expectation}: {self.why}"


@lru_cache(maxsize=1)
def planted() -> tuple[Case, ...]:
    """The cases that must fail."""
    return tuple(_case(number, spec, spec["expectation"]) for number, spec in enumerate(_fixture()["planted"]))


@lru_cache(maxsize=1)
def good() -> tuple[Case, ...]:
    """The cases that must land without a mark."""
    return tuple(_case(1000 + number, spec, spec["rule"]) for number, spec in enumerate(_fixture()["good"]))


def base_rows(n: int) -> list[dict[str, Any]]:
    """n good figures, each in an article of its own."""
    return [_row(5000 + number, {}, "«»") for number in range(n)]


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return frames.of_rows("core.figures", rows).drop(columns=["review", "origin_id", "valid_from", "valid_to", "run_id"])


@lru_cache(maxsize=1)
def _fixture() -> dict[str, Any]:
    return tomllib.loads(FIXTURE.read_text(encoding="utf-8"))


def _case(number: int, spec: dict[str, Any], expectation: str) -> Case:
    row = _row(number, spec, "«»")
    rows = [row]
    text = spec.get("text", "")
    if "<" in text or spec.get("partner_in_place"):
        partner = _row(number, _partner(spec), "<>" if "<" in text else "«»")
        partner["figure_id"] = hash63("partner", number)
        _link(partner, spec.get("partner_link", {}), row["figure_id"], None)
        _link(row, spec.get("link", {}), row["figure_id"], partner["figure_id"])
        rows = [partner, row]
    else:
        _link(row, spec.get("link", {}), row["figure_id"], None)
    out = {id(row)} | ({id(rows[0])} if spec.get("partner_out") else set())
    positions = frozenset(position for position, one in enumerate(rows) if id(one) in out)
    return Case(number, expectation, spec["why"], tuple(rows), len(rows) - 1, positions, frozenset(spec.get("also", ())))


def _partner(spec: dict[str, Any]) -> dict[str, Any]:
    kept = {name: spec[name] for name in ("text", "title") if name in spec}
    return {**kept, "values": spec.get("partner_values", {}), "null": spec.get("partner_null", [])}


def _link(row: dict[str, Any], links: dict[str, str], own: int, partner: int | None) -> None:
    for column, target in links.items():
        row[column] = {"self": own, "partner": partner, "stranger": STRANGER}[target]


def _row(number: int, spec: dict[str, Any], marks: str) -> dict[str, Any]:
    base = _fixture()["base"]
    marked = spec.get("text", base["text"])
    text = _MARKS.sub("", marked)
    start, end = (len(_MARKS.sub("", marked[: marked.index(mark)])) for mark in marks)
    row = {
        **base["values"],
        "figure_id": hash63("figure", number),
        "article_version_id": hash63("version", number),
        "title": base["title"],
        "text": text,
        "sentence": text,
        "quantity_text": text[start:end],
        "char_start": start,
        "char_end": end,
        "flags": [],
    }
    row |= spec.get("values", {})
    return row | dict.fromkeys(spec.get("null", ()))
