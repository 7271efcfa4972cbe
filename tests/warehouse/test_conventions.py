"""Conventions from files: what is read, and how a wrong file is refused. Their numbers are in fixtures/marts/conventions.toml."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.warehouse.made import empty_warehouse
from transforms.errors import InputError
from warehouse.conventions import SHIPPED, read_conventions
from warehouse.marts import fill_marts

OWN = (SHIPPED / "acled.toml").read_text(encoding="utf-8").replace("dozens = 12", "dozens = 30")
DOCS = Path(__file__).parents[2] / "docs" / "conventions.md"


def _folder(tmp_path: Path, text: str, name: str = "mine.toml") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_shipped_ones_are_there_and_each_is_described() -> None:
    names = [convention.name for convention in read_conventions()]
    assert names == ["acled", "gtd", "lower", "midpoint"]
    text = DOCS.read_text(encoding="utf-8")
    assert all(f"## `{name}`" in text for name in names)


def test_a_users_own_stands_beside_them(tmp_path: Path) -> None:
    found = {convention.name: convention for convention in read_conventions(_folder(tmp_path, OWN))}
    assert found["mine"].numbers["dozens"] == 30
    assert found["mine"].row["is_own"] and not found["acled"].row["is_own"]


def test_without_a_folder_the_shipped_ones_remain(tmp_path: Path) -> None:
    assert len(read_conventions(tmp_path / "none")) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "no TOML"),
        (OWN.replace('rule = "lowest"', 'rule = "median"'), "selection.rule must be one of none, lowest"),
        (OWN.replace("dozens = 30", "dozens = -1"), "words.numbers.dozens: -1 is no number of persons"),
        (OWN.replace("dozens = 30", "dozens = true"), "words.numbers.dozens"),
        (OWN.replace("source = ", "sauce = "), "the file has sauce, which no convention has"),
        (OWN.replace('source = "', 'source = ""  # '), "source must be a text"),
        (OWN.replace('outcomes = ["killed"]', 'outcomes = ["eaten"]'), "inclusion.outcomes must be one of"),
        (OWN.replace('outcomes = ["killed"]', "outcomes = 3"), "inclusion.outcomes must be a list"),
        (OWN.replace("sum_sides = true", "sum_sides = 1"), "inclusion.sum_sides must be true or false"),
        (OWN.replace('vague = "numbers"', 'vague = "least"'), "go together"),
        (OWN.replace("[selection]", "[choice]"), "the file has choice"),
        (OWN[: OWN.index("[selection]")], "[selection] must be a table, and is missing"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_conventions(_folder(tmp_path, text))
    assert said in str(refused.value) and "mine.toml" in str(refused.value)


@pytest.mark.parametrize(("name", "said"), [("acled.toml", "another name"), ("My own.toml", "named like its file")])
def test_a_name_must_be_new_and_plain(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_conventions(_folder(tmp_path, OWN, name))


@pytest.mark.integration
def test_an_unknown_convention_is_an_error_and_no_empty_answer() -> None:
    con = empty_warehouse()
    fill_marts(con)
    assert con.execute("FROM mart.tolls_under('gtd')").fetchall() == []
    with pytest.raises(duckdb.Error, match="no convention of that name"):
        con.execute("FROM mart.tolls_under('gdt')").fetchall()
