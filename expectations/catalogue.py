"""The page `docs/expectations.md`: every check of every suite, with its severity and its reason.

Belongs here: turning suites into Markdown. Keep out: the checks. A test makes the page anew and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from expectations import suites
from expectations.check import Check

_HEAD = """\
# What is checked, and why

This page is made from the suites by `expectations/catalogue.py`; edit the rules or the contract, not the page.

Every table of the contract (`transforms/tables/*.toml`) has a suite of its name. Great Expectations evaluates it: a chunk of figures
before it lands, the other tables after they were loaded or rebuilt. Results are rows of `ops.validation_results` and pages under
`data_docs/` in the data folder (open `index.html`), which hold names and counts and no word of any article.

The rules, and the checks that a value is there, among the allowed or within a range, are put to Great Expectations together first,
as one column of True and False; those that do not hold are put to it one by one. A table without rows has none that could fail. That
the columns are there is looked at first, and put to it where one is missing.

| severity | what it says | what follows |
| --- | --- | --- |
| `quarantine` | the reader probably misread | the row goes to `ops.quarantine` with the reason, the rest lands; a person can re-admit it |
| `flag` | odd, but said: sources do print such things | the row lands, with the check's name in `flags` |
| `suite` | the frame is not what it should be at all | nothing of it lands, the run stops (after a rebuild: the check fails) |

A flag of a whole chunk or table stands in the results only.
What cannot be evaluated (a column that is not there, a value of another type) is a failure of severity `suite`, never a pass. Which side of
a conflict a figure speaks of or comes from is looked at by no rule.
"""


def markdown() -> str:
    """Return the page."""
    parts = [_HEAD, *_figures()]
    parts.append("## The other tables\n\nWhat follows from the contract alone is left out here: see the data dictionary.\n")
    for name in suites.names():
        checks = [check for check in suites.suite(name, "table") if check.rule is not None]
        if name != "core.figures" and checks:
            parts.append(f"### {name}\n\n{_table(checks)}")
    return "\n".join(parts)


def write(path: Path) -> None:
    """Write the page. Raises OSError when the path cannot be written."""
    path.write_text(markdown(), encoding="utf-8")


def _figures() -> Iterable[str]:
    checks = suites.suite("core.figures", "chunk")
    rules = [check for check in checks if check.rule is not None]
    yield "## core.figures, a chunk before it lands\n"
    yield f"### Misread: to quarantine\n\n{_table([check for check in rules if check.severity == 'quarantine'])}"
    yield f"### Odd, but said: lands with a flag\n\n{_table([check for check in rules if check.severity == 'flag'])}"
    yield f"### The chunk as a whole\n\n{_table(suites.measure_checks('core.figures'))}"
    yield f"### From the contract\n\n{_table([check for check in checks if check.rule is None])}"


def _table(checks: Sequence[Check]) -> str:
    lines = ["| expectation | severity | why |", "| --- | --- | --- |"]
    lines += [f"| `{check.name}` | {check.severity} | {check.why.replace('|', '&#124;')} |" for check in checks]
    return "\n".join(lines) + "\n"
