"""`casualties places review` and `casualties gazetteer`: an unknown village, the dump that knows it, and the articles read again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.integration.commands import casualties, data_folder_with_places

pytestmark = pytest.mark.integration

VILLAGE, POINT = "Tall Qarqush", ("36.51", "37.92")


def dump(path: Path, latitude: str = POINT[0]) -> Path:
    """Write the dump of a country as GeoNames gives it: a zip with the table and a readme."""
    cells = ["90000001", VILLAGE, VILLAGE, "Tell Qarqoush", latitude, POINT[1], "P", "PPL", "SY", "", "09", "", "", "", "800", "", "450"]
    other = ["90000002", "Wadi Qarqush", "Wadi Qarqush", "", "36.6", "37.9", "R", "RD", "SY", "", "09", "", "", "", "0", "", "0"]
    rows = ["\t".join([*row, "Asia/Damascus", "2026-01-01"]) for row in (cells, other)]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", "\n".join(rows) + "\n")
        archive.writestr("readme.txt", "about this file " * 1000)
    return path


def articles(path: Path) -> Path:
    said = [
        f"Nine people were killed on Monday when shells hit the village of {VILLAGE} in Aleppo province, residents said.",
        f"Four people were killed in {VILLAGE} in Aleppo province on Monday, the army said. Two soldiers were killed in Manbij.",
    ]
    lines = [
        json.dumps({"article_id": f"v{number}", "published_on": "2018-07-24", "title": "Syria", "text": text})
        for number, text in enumerate(said)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def placed(data: Path) -> list[tuple[str, float]]:
    query = (
        "SELECT p.name, round(p.lat, 2) AS lat FROM core.figures JOIN core.places AS p USING (place_id) "
        f"WHERE valid_to IS NULL AND place_text LIKE '%{VILLAGE}%'"
    )
    return [(row["name"], row["lat"]) for row in json.loads(casualties("sql", query, "--format", "json", data=data).stdout)]


def test_an_unknown_village_is_listed_found_after_its_dump_is_added_and_lost_again(tmp_path: Path) -> None:
    data = data_folder_with_places(tmp_path / "data")
    source = articles(tmp_path / "news.jsonl")
    assert casualties("run", source, data=data, timeout=600).returncode == 0
    (row,) = json.loads(casualties("places", "review", "--format", "json", data=data).stdout)
    assert (row["name"], row["country"], row["figures"], row["articles"]) == (VILLAGE, "SY", 2, 2)
    assert row["placed in"].startswith("Aleppo") and VILLAGE in row["for example"]
    assert "knows every place that figures name in YE" in casualties("places", "review", "--country", "ye", data=data).stdout

    done = casualties("gazetteer", "add", dump(tmp_path / "SY.zip"), data=data, timeout=600)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "SY.zip: 1 places in 2 rows are kept."
    (listed,) = json.loads(casualties("gazetteer", "list", "--format", "json", data=data).stdout)
    assert (listed["name"], listed["n_places"], listed["n_rows"], len(listed["sha256"])) == ("SY.zip", 1, 2, 64)
    done = casualties("run", source, data=data, timeout=600)
    assert "Read 2 articles" in done.stdout, "other places are another reading"
    assert placed(data) == [(VILLAGE, 36.51)] * 2
    assert "Nothing to look at" in casualties("places", "review", data=data).stdout

    assert "SY.zip is kept no longer." in casualties("gazetteer", "remove", "SY.zip", data=data).stdout
    assert "No files of your own are kept" in casualties("gazetteer", "list", data=data).stdout


def test_a_wrong_file_is_refused_with_line_and_column_and_nothing_is_kept(tmp_path: Path) -> None:
    done = casualties("gazetteer", "add", dump(tmp_path / "SY.zip", "north"), data=tmp_path)
    assert done.returncode == 2
    wanted = "SY.zip, line 1, column 5 (latitude): must be a number between -90 and 90, not 'north'"
    assert done.stderr.strip().endswith(wanted), done.stderr
    for line, said in (
        (["add", "nowhere.zip"], "does not exist"),
        (["remove", "SY.zip"], "no kept file is called 'SY.zip' (none is kept)"),
    ):
        done = casualties("gazetteer", *line, data=tmp_path)
        assert done.returncode == 2 and said in done.stderr
    assert casualties("places", "review", "--country", "Syria", data=tmp_path).returncode == 2
    assert "No files of your own are kept" in casualties("gazetteer", "list", data=tmp_path).stdout
