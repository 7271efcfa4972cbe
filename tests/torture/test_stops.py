"""What stops a run before anything lands (a refused chunk, a rule that breaks, a lexicon with an error), a newer and a failing reader."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from tests.integration.commands import data_folder_with_places
from tests.torture.machine import Ended, broken, casualties
from tests.torture.projects import edit, newer_reader, project_copy
from warehouse.connection import open_working
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration

TEXTS = (
    "At least 12 people were killed when rockets hit the port of Aden on Monday, the health ministry said.",
    "Dozens were injured in a blast at a market in Taiz on Monday, police said.",
    "Three soldiers were killed in a raid near Marib on Monday, the army said.",
)
GREEDY = "expectations/rules/figures.py"


def write(path: Path, prefix: str) -> Path:
    rows = [{"article_id": f"{prefix}{n}", "publisher": "P", "published_on": "2021-05-04", "text": text} for n, text in enumerate(TEXTS)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("stops")
    data = data_folder_with_places(root / "data")
    assert casualties("run", write(root / "first.jsonl", "a"), data=data).code == 0
    return data


@pytest.fixture
def data(ran: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ran, tmp_path / "data", symlinks=True)


def counted(data: Path, sql: str) -> int:
    with open_working(DataFolder(data), "test") as con:
        return int(con.execute(sql).fetchall()[0][0])


def figures(data: Path) -> int:
    return counted(data, "SELECT count(*) FROM core.figures")


def stops(ended: Ended, *words: str) -> None:
    assert ended.code == 1, ended.err
    assert "Traceback" not in ended.err, ended.err
    for word in words:
        assert word in ended.err


RULE = """
from expectations.check import Rule as _Rule

def _breaks(frame):
    {body}

RULES = (*RULES, _Rule("planted_rule", "{severity}", "It was planted by a test.", ("count_min",), _breaks))
"""


@pytest.mark.parametrize(
    ("body", "severity", "words"),
    [
        ("return [False] * len(frame)", "suite", ("planted_rule fails", "nothing of it lands")),
        ("raise ZeroDivisionError('by a test')", "quarantine", ("planted_rule",)),
    ],
    ids=["a whole chunk fails", "an expectation raises"],
)
def test_a_run_stops_before_landing_and_the_next_good_one_goes_on(
    data: Path, tmp_path: Path, body: str, severity: str, words: tuple[str, ...]
) -> None:
    project = project_copy(tmp_path / "project")
    rules = project / GREEDY
    rules.write_text(rules.read_text(encoding="utf-8") + RULE.format(body=body, severity=severity), encoding="utf-8")
    before = figures(data)
    more = write(tmp_path / "more.jsonl", "b")
    stops(casualties("run", more, data=data, project=project), *words)
    assert figures(data) == before, "nothing of the chunk has landed"
    assert counted(data, "SELECT count(*) FROM ops.readings WHERE run_id IN (SELECT run_id FROM ops.runs WHERE status = 'failed')") == 0
    assert counted(data, "SELECT count(*) FROM ops.runs WHERE status = 'failed' AND error LIKE '%planted_rule%'") == 1
    assert broken(data) == []
    assert casualties("run", more, data=data).code == 0
    assert figures(data) == 2 * before
    assert broken(data) == []


def test_a_lexicon_with_an_error_stops_the_run_with_file_and_line(data: Path, tmp_path: Path) -> None:
    project = project_copy(tmp_path / "project")
    edit(project, "transforms/lexicon/quantities.csv", "two,unit,", "two,no_such_class,")
    before = figures(data)
    more = write(tmp_path / "more.jsonl", "b")
    stops(casualties("run", more, data=data, project=project), "quantities.csv, line 5")
    assert figures(data) == before
    assert casualties("run", more, data=data).code == 0
    assert figures(data) == 2 * before
    assert broken(data) == []


def test_a_newer_reader_reads_all_again_and_old_and_new_are_never_both_current(data: Path, tmp_path: Path) -> None:
    project = newer_reader(tmp_path / "project")
    more = write(tmp_path / "more.jsonl", "b")
    ended = casualties("run", more, data=data, project=project)
    assert ended.code == 0, ended.err
    assert broken(data) == []
    with open_working(DataFolder(data), "test") as con:
        (old, old_current), (new, new_current) = con.execute(
            "SELECT reader_version, count(*) FILTER (valid_to IS NULL) FROM core.figures GROUP BY ALL ORDER BY min(valid_from)"
        ).fetchall()
        twice = con.execute(
            "SELECT count(*) FROM core.figures WHERE valid_to IS NULL GROUP BY article_version_id HAVING count(DISTINCT reader_version) > 1"
        ).fetchall()
    assert old != new and old_current == 0 and new_current > 0 and twice == []
    summary = casualties("diff-reader", old, new, data=data, project=project)
    assert summary.code == 0, summary.err
    assert "3 article versions read by both: 0 added, 0 gone, 1 changed." in summary.out
    listed = casualties("diff-reader", old, new, "--list", "--format", "csv", data=data, project=project)
    (row,) = csv.DictReader(io.StringIO(listed.out))
    assert (row["change"], row["article_id"], row["rule"]) == ("changed", "a1", "passive")
    assert "count_min: 24 → 36" in row["changed"], "what dozens are is data of the reader"
    unknown = casualties("diff-reader", "1.0", new, data=data)
    assert unknown.code == 2 and old in unknown.err


FAULT = """
    if "Taiz" in article.text:
        raise IndexError(article.text)
    title, text = visible("""


def test_an_article_that_the_reader_fails_on_is_kept_told_and_costs_no_other(data: Path, tmp_path: Path) -> None:
    """A newer reader with a fault reads all again: what the older one read of the article it fails on stays current."""
    project = newer_reader(tmp_path / "project")
    edit(project, "transforms/reading/reader.py", "\n    title, text = visible(", FAULT)
    before = figures(data)
    ended = casualties("run", write(tmp_path / "more.jsonl", "b"), data=data, project=project)
    assert ended.code == 0, ended.err
    assert "the reader failed on them" in ended.out and "b1  IndexError in reader.py, line" in ended.out
    assert "market" not in ended.out + ended.err, "the message of the error held the text"
    assert broken(data) == []
    with open_working(DataFolder(data), "test") as con:
        current = dict(con.execute("SELECT article_id, count(*) FROM core.figures WHERE valid_to IS NULL GROUP BY ALL").fetchall())
        unread = con.execute("SELECT count(*) FROM ops.readings WHERE not_read = 'error'").fetchall()
    assert sorted(current) == ["a0", "a1", "a2", "b0", "b2"] and sum(current.values()) == before + 2
    assert unread == [(2,)]


def test_a_few_articles_that_the_reader_fails_on_do_not_stop_a_quiet_day(data: Path, tmp_path: Path) -> None:
    """Three of five are most, and still may be three odd articles: they are kept unread and told."""
    project = newer_reader(tmp_path / "project")
    edit(project, "transforms/reading/reader.py", "\n    title, text = visible(", FAULT)
    (line,) = (line for line in write(tmp_path / "more.jsonl", "b").read_text(encoding="utf-8").splitlines() if "Taiz" in line)
    again = line.replace('"b1"', '"c1"').replace("Taiz", "Taiz city")
    (tmp_path / "more.jsonl").write_text(f"{line}\n{again}\n", encoding="utf-8")
    ended = casualties("run", tmp_path / "more.jsonl", data=data, project=project)
    assert ended.code == 0, ended.err
    assert "b1  IndexError" in ended.out and "c1  IndexError" in ended.out
    assert broken(data) == []


def test_a_reader_that_fails_on_most_articles_stops_the_run(data: Path, tmp_path: Path) -> None:
    """That is a broken installation: marking every article as unread would hide it."""
    project = newer_reader(tmp_path / "project")
    edit(project, "transforms/reading/reader.py", "\n    title, text = visible(", FAULT.replace("Taiz", "on Monday"))
    before = figures(data)
    stops(casualties("run", write(tmp_path / "more.jsonl", "b"), data=data, project=project), "the reader failed on 6 of 6 articles")
    assert figures(data) == before
    assert broken(data) == []
