"""`casualties sources`: review, merge, list and unmerge as a person types them, and what the comparison then says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.integration.commands import casualties, data_folder_with_places

pytestmark = pytest.mark.integration

TEXT = "At least {} people were killed when shells hit a market in Aden on Monday, {} said."


def articles(folder: Path) -> Path:
    folder.mkdir()
    said = [("12", "the Hilltop Monitoring Group"), ("17", "the Hilltop Monitering Group"), ("20", "the Valley Watch Committee")]
    lines = [
        json.dumps(
            {
                "article_id": f"m{number}",
                "publisher": f"Paper {number}",
                "published_on": "2021-05-04",
                "title": "Shells on Aden",
                "text": TEXT.format(*words),
            }
        )
        for number, words in enumerate(said)
    ]
    (folder / "market.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def origins(data: Path) -> list[str]:
    shown = casualties("sql", "SELECT DISTINCT origin FROM mart.figure_comparison ORDER BY 1", "--format", "json", data=data)
    return [row["origin"] for row in json.loads(shown.stdout)]


def test_two_spellings_are_found_merged_compared_as_one_and_taken_apart_again(tmp_path: Path) -> None:
    data = data_folder_with_places(tmp_path / "data")
    source = articles(tmp_path / "articles")
    assert casualties("run", source, data=data, timeout=600).returncode == 0
    right, wrong, other = "Hilltop Monitoring Group", "Hilltop Monitering Group", "Valley Watch Committee"
    assert origins(data) == [wrong, right, other]

    reviewed = casualties("sources", "review", "--format", "json", data=data)
    assert reviewed.returncode == 0, reviewed.stderr
    listed = {row["source"]: row for row in json.loads(reviewed.stdout)}
    assert set(listed) == {right, wrong, other}
    assert listed[wrong]["nearly the same as"].startswith(right) and listed[wrong]["articles"] == 1
    assert listed[other]["nearly the same as"] is None and listed[other]["for example"].startswith("At least 20 people")
    shown = casualties("sources", "review", "--alike", "--limit", "1", data=data).stdout
    assert "1 more: --limit 2 lists them." in shown and 'casualties sources merge "A" into "B"' in shown

    done = casualties("sources", "merge", wrong, "into", right, "--why", "a slip", "--by", "A. Tester", data=data)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"{wrong} counts as {right}."), done.stderr
    assert "`casualties run`" in done.stdout
    assert casualties("run", source, data=data, timeout=600).returncode == 0
    assert origins(data) == [right, other], "a run with nothing new brings the merge into the published copy"
    (row,) = json.loads(casualties("sources", "list", "--format", "json", data=data).stdout)
    assert (row["from_name"], row["into_name"], row["merged_by"], row["why"]) == (wrong, right, "A. Tester", "a slip")

    done = casualties("sources", "unmerge", wrong, "--why", "two groups after all", data=data)
    assert done.returncode == 0 and "counts as itself again" in done.stdout
    assert casualties("run", source, data=data, timeout=600).returncode == 0
    assert origins(data) == [wrong, right, other]
    assert "No sources are merged" in casualties("sources", "list", data=data).stdout
    assert "two groups after all" in casualties("sources", "list", "--all", "--format", "json", data=data).stdout


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["merge", "A", "B", "--why", "x"], "say which counts as which"),
        (["merge", "into", "B", "--why", "x"], "say which counts as which"),
        (["merge", "Nobody At All", "into", "SOHR", "--why", "x"], "no source is called 'Nobody At All'"),
        (["merge", "SOHR", "into", "Syrian Observatory", "--why", "x"], "into itself"),
        (["merge", "A", "into", "B"], "--why"),
        (["unmerge", "SOHR", "--why", "x"], "is merged into no other source"),
    ],
)
def test_a_wrong_merge_is_wrong_use(line: list[str], said: str, tmp_path: Path) -> None:
    done = casualties("sources", *line, data=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
