"""The page docs/expectations.md is what the suites are."""

from __future__ import annotations

from pathlib import Path

from expectations import catalogue, suites

PAGE = Path(__file__).parents[2] / "docs" / "expectations.md"


def test_the_page_is_up_to_date() -> None:
    made_by = "python -c \"from pathlib import Path; from expectations import catalogue; catalogue.write(Path('docs/expectations.md'))\""
    assert PAGE.read_text(encoding="utf-8") == catalogue.markdown(), f"make it anew: {made_by}"


def test_every_rule_is_on_the_page(tmp_path: Path) -> None:
    catalogue.write(tmp_path / "page.md")
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    for name in suites.names():
        assert all(f"| `{check.name}` | {check.severity} |" in page for check in suites.suite(name, "table") if check.rule is not None)
    assert all(f"| `{check.name}` |" in page for check in suites.suite("core.figures", "chunk"))
