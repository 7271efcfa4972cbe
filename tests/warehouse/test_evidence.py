"""A package lets another person check one number with sha256sum and one line of Python."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.warehouse.named import take_in, written
from transforms.errors import InputError
from warehouse import evidence
from warehouse.connection import open_working
from warehouse.paths import DataFolder

pytestmark = pytest.mark.integration


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    folder = DataFolder(tmp_path / "data")
    take_in(folder, written(tmp_path / "articles.jsonl"))
    with open_working(folder, "a test") as con:
        ((figure_id,),) = con.execute(
            "SELECT figure_id FROM core.figures WHERE article_id = 'b-2' AND NOT in_title AND count_min = 5"
        ).fetchall()
        with pytest.raises(InputError, match="no figure 1;"):
            evidence.evidence(con, 1)
        return evidence.evidence(con, figure_id)


def test_the_steps_of_the_guide_work_as_written(files: dict[str, bytes], tmp_path: Path) -> None:
    package = evidence.write(files, tmp_path / "package")
    guide = (package / evidence.GUIDE).read_text(encoding="utf-8")
    commands = re.findall(r"^     (\S.*)$", guide, re.MULTILINE)
    assert len(commands) == 3
    outputs = [subprocess.run(command, shell=True, cwd=package, capture_output=True, text=True, check=True).stdout for command in commands]
    assert outputs[0].count(": OK") == len(files) - 1
    told = json.loads((package / evidence.FIGURE).read_text())
    assert outputs[1].split()[0] == told["article"]["text_hash"]
    assert outputs[2].strip() == told["figure"]["quantity_text"] == "Five"
    assert "falls short" in guide


def test_spans_original_bytes_and_capture_time_are_in_it(files: dict[str, bytes]) -> None:
    told = json.loads(files[evidence.FIGURE])
    text = files[evidence.ARTICLE].decode()
    for name in ("number", "sentence", "outcome", "victims", "source"):
        span = told["spans"][name]
        assert text[span["char_start"] : span["char_end"]] == span["words"], name
    assert told["article"]["first_seen_at"]
    assert told["article"]["captured_at"] is None, "the input does not say when its page was taken from the web"
    assert told["reader"]["reader_version"]
    assert b'"article_id": "b-2"' in files[evidence.ORIGINAL]
    assert json.loads(files[evidence.HISTORY])["readings"][0]["review"] == "machine_read"


def test_a_changed_package_is_noticed_and_none_is_overwritten(files: dict[str, bytes], tmp_path: Path) -> None:
    package = evidence.write(files, tmp_path / "package")
    (package / evidence.ARTICLE).write_text("Six people")
    assert subprocess.run(["sha256sum", "-c", evidence.SUMS], cwd=package, capture_output=True, check=False).returncode
    with pytest.raises(InputError, match="already"):
        evidence.write(files, package)


def test_a_zip_holds_the_same(files: dict[str, bytes], tmp_path: Path) -> None:
    with zipfile.ZipFile(evidence.write(files, tmp_path / "one.zip")) as archive:
        assert {name.partition("/")[2]: archive.read(name) for name in archive.namelist()} == files
