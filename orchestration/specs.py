"""Asset specs made from the contract: description, column schema, group, owners, kinds, links.

Belongs here: turning a table's description into what the Dagster UI shows of its asset. Keep out: what fills the table.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

import dagster as dg

from orchestration import lineage
from transforms.contract import Column, Table, table

PROJECT = Path(__file__).parent.parent


def asset_key(full_name: str) -> dg.AssetKey:
    """Return the asset key of a table: `core.figures` -> core/figures."""
    return dg.AssetKey(full_name.split("."))


def table_spec(full_name: str, source_file: str, partitions: dg.PartitionsDefinition[str] | None = None) -> dg.AssetSpec:
    """Return the spec of a table's asset.

    source_file: path inside the project of the file that fills the table; shown as code reference. Raises
    ContractError when the contract has no such table.
    """
    described = table(full_name)
    return dg.AssetSpec(
        asset_key(full_name),
        deps=[asset_key(name) for name in lineage.UPSTREAM[full_name]],
        description=description(described),
        metadata={
            "dagster/column_schema": column_schema(described),
            "dagster/table_name": full_name,
            "key": ", ".join(described.key),
            "dagster/code_references": code_reference(source_file),
        },
        group_name=lineage.GROUPS[described.schema],
        owners=lineage.OWNERS[described.schema],
        kinds=lineage.KINDS_OF_TABLE.get(full_name, lineage.KINDS[described.schema]),
        partitions_def=partitions,
    )


def description(described: Table) -> str:
    """Return what the UI says of the table, as Markdown: what one row is and what to beware of."""
    text = f"One row is {described.row}."
    return f"{text}\n\n**Beware.** {described.caution}" if described.caution else text


def column_schema(described: Table) -> dg.TableSchema:
    """Return the columns with type, meaning, unit and constraints, as the contract states them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=column.type,
                description=f"{column.means} ({column.unit})" if column.unit else column.means,
                constraints=dg.TableColumnConstraints(
                    nullable=column.null, unique=described.key == (column.name,), other=list(_limits(column))
                ),
            )
            for column in described.columns
        ]
    )


def _limits(column: Column) -> Iterable[str]:
    if column.allowed:
        yield f"one of {', '.join(column.allowed)}"
    if column.min is not None:
        yield f"at least {column.min:g}"
    if column.max is not None:
        yield f"at most {column.max:g}"


def code_reference(source_file: str) -> dg.CodeReferencesMetadataValue:
    """Return the code reference to a file of the project."""
    path = str(PROJECT / source_file)
    with warnings.catch_warnings():
        # a notice to Dagster's own developers' audience; the version is pinned
        warnings.simplefilter("ignore", dg.BetaWarning)
        reference = dg.LocalFileCodeReference(file_path=path, line_number=1, label=source_file)
        return dg.CodeReferencesMetadataValue(code_references=[reference])
