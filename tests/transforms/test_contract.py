"""The contract: what it holds, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from transforms import contract
from transforms.contract import PANDAS_TYPES, SCHEMAS, Table, table, tables
from transforms.errors import ContractError

GOOD = """
[things]
row = "one thing"
key = ["id"]
[things.columns]
id = { type = "UBIGINT", null = false, means = "the thing" }
kind = { type = "VARCHAR", allowed = ["a", "b"], means = "its kind" }
"""


def read(folder: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> dict[str, Table]:
    """Read a contract of these files instead of the project's."""
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(contract, "TABLES_DIR", folder)
    return tables.__wrapped__()


def test_every_table_says_what_a_row_is_and_every_column_what_it_means() -> None:
    for full_name, each in tables().items():
        assert full_name == f"{each.schema}.{each.name}" and each.schema in SCHEMAS
        assert each.row and each.key and each.columns
        assert all(column.means and column.type in PANDAS_TYPES for column in each.columns)


def test_keys_are_never_null_columns() -> None:
    for each in tables().values():
        assert [name for name in each.key if name not in each.column_names] == []


def test_schemas_come_in_their_order() -> None:
    order = [SCHEMAS.index(each.schema) for each in tables().values()]
    assert order == sorted(order)


def test_unknown_names_are_errors_that_help() -> None:
    with pytest.raises(ContractError, match=r"no table 'core.nothing'; it has raw\."):
        table("core.nothing")
    with pytest.raises(ContractError, match=r"core.figures has no column 'deaths'"):
        table("core.figures").column("deaths")


def test_the_figures_have_the_columns_of_the_annotation_guidelines() -> None:
    wanted = {
        "article_id", "quantity_text", "char_start", "char_end", "sentence", "in_title", "outcome", "count_min", "count_max", "bound",
        "victim_text", "victim_status", "victim_group", "demographic", "relation", "scope", "event_date_start", "event_date_end",
        "place_text", "place_admin", "country", "source_text", "source_kind", "stance",
    }  # fmt: skip
    assert wanted <= set(table("core.figures").column_names)


def test_a_well_formed_description_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(tmp_path, monkeypatch, core_things=GOOD)
    assert found["core.things"].column("kind").allowed == ("a", "b")
    assert not found["core.things"].column("id").null


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('type = "UBIGINT"', 'type = "NUMBER"', "type 'NUMBER' is none of"),
        ('means = "its kind"', 'unit = "kinds"', "`means` is missing"),
        ('means = "its kind"', 'means = "its kind", default = 1', r"unknown key \['default'\]"),
        ('key = ["id"]', 'key = ["name"]', "names a column that is not there"),
        ('row = "one thing"', 'row = "one thing"\nindex = 1', r"unknown key \['index'\]"),
    ],
)
def test_a_description_that_is_not_well_formed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    assert old in GOOD
    with pytest.raises(ContractError, match=message):
        read(tmp_path, monkeypatch, core=GOOD.replace(old, new))


def test_a_table_described_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ContractError, match=r"core.things is described twice"):
        read(tmp_path, monkeypatch, core=GOOD, core_more=GOOD)
