from __future__ import annotations

from orchestration import lineage
from transforms.contract import tables


def test_every_table_of_the_contract_is_one_asset_and_no_other_is() -> None:
    assert set(lineage.UPSTREAM) == set(tables())


def test_every_table_is_filled_by_exactly_one_operation() -> None:
    filled = [*lineage.INGESTED, *lineage.DECIDED, *lineage.READ, *lineage.BUILT_CORE, *lineage.BUILT_MARTS, *lineage.CLOSED]
    assert sorted(filled) == sorted(tables())


def test_every_table_comes_after_those_it_is_made_from() -> None:
    seen: set[str] = set()
    for name, upstream in lineage.UPSTREAM.items():
        assert set(upstream) <= seen, name
        seen.add(name)


def test_everything_but_what_arrives_is_made_from_something() -> None:
    assert [name for name, upstream in lineage.UPSTREAM.items() if not upstream] == [
        "raw.articles",
        "ops.rejected_inputs",
        *lineage.DECIDED,
        "mart.conventions",  # from files: people's rules, not articles
    ]


def test_every_schema_has_a_group_owners_and_kinds() -> None:
    schemas = {name.partition(".")[0] for name in tables()}
    assert schemas == set(lineage.GROUPS) == set(lineage.OWNERS) == set(lineage.KINDS)
