from __future__ import annotations

from pathlib import Path

from transforms.contract import tables
from warehouse import dictionary


def test_the_page_in_docs_is_what_the_contract_says() -> None:
    written = dictionary.DICTIONARY_FILE.read_text(encoding="utf-8")
    assert written == dictionary.render(), 'run: python -c "from warehouse import dictionary; dictionary.write()"'


def test_every_table_and_column_has_its_line() -> None:
    page = dictionary.render()
    for full_name, described in tables().items():
        assert f"### {full_name}\n" in page
        for column in described.columns:
            assert f"| `{column.name}` | {column.type} |" in page


def test_every_table_row_has_as_many_cells_as_its_head() -> None:
    for line in dictionary.render().splitlines():
        if line.startswith("| `"):
            assert line.replace("\\|", "").count("|") == 5, line


def test_allowed_values_ranges_units_and_cautions_are_told() -> None:
    page = dictionary.render()
    assert "One of: `killed`, `injured`" in page
    assert "latitude [degrees] (≥ -90, ≤ 90)" in page
    assert "**Beware:** Never sum rows" in page


def test_write_makes_the_folder(tmp_path: Path) -> None:
    path = dictionary.write(tmp_path / "docs" / "page.md")
    assert path.read_text(encoding="utf-8") == dictionary.render()
