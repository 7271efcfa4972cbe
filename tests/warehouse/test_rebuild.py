"""The whole rebuild on a hand-made corpus: one attack in many articles, and what stays when it is done again."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.made import empty_warehouse, put_article, put_figure, put_place, rows
from transforms.contract import tables
from warehouse import rebuild, reports
from warehouse.linking_model import load_model
from warehouse.linking_training import forget_model, write_model
from warehouse.paths import DataFolder
from warehouse.rebuild import rebuild_core, rebuild_marts
from warehouse.statements import statement

NOW = datetime(2026, 1, 2)
DAY = date(2018, 7, 25)
DERIVED = [name for name in tables() if name.startswith(("core.", "mart."))]
pytestmark = pytest.mark.integration


def _corpus() -> duckdb.DuckDBPyConnection:
    con = empty_warehouse()
    area = put_place(con, "As-Suwayda", 32.8, 36.8, "admin1")
    city = put_place(con, "As-Suwayda city", 32.709, 36.569)
    kabul = put_place(con, "Kabul", 34.5, 69.2, country="AF", admin1="Kabul")
    _put(con, "sohr", "SOHR", ">=246", area | _on(DAY), "Suwayda mourned after the Islamic State attack.", 1)
    _put(con, "governor", "the governor of As-Suwayda", "215", city | _on(DAY), "Suwayda buried its dead of the ISIS attack.", 2)
    _put(con, "kabul", "the police", "12", kabul | _on(DAY), "A bomb went off near a school in Kabul.", 1)
    _put(con, "army", "Syrian army", ">600", city | {"scope": "cumulative", "victim_group": "ISIS"}, "The army counted.", 2)
    return con


def _on(day: date) -> dict[str, Any]:
    return {"event_date_start": day, "event_date_end": day, "date_basis": "stated"}


def _put(con: duckdb.DuckDBPyConnection, article: str, source: str, words: str, given: dict[str, Any], sentence: str, later: int) -> None:
    text = f"{sentence} {source} said {words}."
    version = put_article(con, article, publisher=f"Paper of {article}", text=text, published_on=date(2018, 7, 25 + later))
    put_figure(con, version, article, words, source_text=source, sentence=sentence, **given)


def _all(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    return {name: rows(con, name) for name in DERIVED}


def test_contradictory_tolls_of_one_attack_stand_side_by_side() -> None:
    con = _corpus()
    counts = rebuild_core(con, NOW)
    assert (counts["core.incidents"], counts["core.reports"], counts["core.series"]) == (2, 3, 1)
    assert rebuild_marts(con)["mart.article_incidents"] == 3
    found = con.execute("SELECT lowest, highest, n_distinct_origins, is_conflict FROM mart.incident_tolls ORDER BY highest").fetchall()
    assert found == [(12, 12, 1, False), (215, 246, 2, True)]
    basis = con.execute("SELECT DISTINCT link_basis FROM core.incident_reports WHERE match_probability > .5").fetchall()
    assert len(basis) == 1 and basis[0][0].startswith("same day; same area, one place named less precisely; same attacker")
    assert con.execute("SELECT link_basis FROM core.incident_reports WHERE match_probability IS NULL").fetchall() == [("stands alone",)]


def test_a_second_rebuild_gives_the_same_rows() -> None:
    con = _corpus()
    first = (rebuild_core(con, NOW), rebuild_marts(con), _all(con))
    assert (rebuild_core(con, NOW), rebuild_marts(con), _all(con)) == first


def test_a_text_with_a_smaller_id_in_a_story_changes_no_report_as_the_linking_sees_it() -> None:
    """A story goes by the smallest id of its texts. Would the linking see that, each new text could have old reports compared anew."""
    con = _corpus()
    for n in (3, 4):  # the same words again
        _put(con, f"reprint {n}", "SOHR", ">=246", _on(DAY), "Suwayda mourned after the Islamic State attack.", n)
    rebuild_core(con, NOW)
    seen = f"SELECT report_id, story_id FROM ({statement('core/link_inputs').strip().removesuffix(';')}) ORDER BY ALL"
    before = con.execute(seen).fetchall()
    assert len({story for _, story in before}) < len(before), "some are of one story"
    con.execute("UPDATE core.article_versions SET story_id = story_id // 2")
    assert con.execute(seen).fetchall() == before


def test_a_model_of_ones_own_links_and_is_named_beside_every_link(tmp_path: Path) -> None:
    con, folder = _corpus(), DataFolder(tmp_path)
    folder.database.parent.mkdir()
    own = dataclasses.replace(load_model(), version="own-test", prior=1e-9)
    write_model(own, folder.linking_model)
    assert rebuild_core(con, NOW, folder)["core.incidents"] == 3, "by this model nothing is likely enough to be linked"
    assert con.execute("SELECT DISTINCT model_version FROM core.incident_reports").fetchall() == [("own-test",)]
    forget_model(folder.linking_model)
    assert rebuild_core(con, NOW, folder)["core.incidents"] == 2
    assert folder.linking_memory.is_file() and folder.story_memory.is_file()


def test_a_new_article_about_an_old_incident_keeps_its_id() -> None:
    con = _corpus()
    rebuild_core(con, NOW)
    ids = set(con.execute("SELECT incident_id, label FROM core.incidents").fetchall())
    city = con.execute("SELECT place_id FROM core.places WHERE precision = 'town' AND country = 'SY'").fetchall()[0][0]
    place = {"place_id": city, "place_text": "Suwayda", "place_precision": "town", "place_admin": "As-Suwayda", "country": "SY"}
    _put(con, "late", "SOHR", "250", place | _on(DAY), "Once more the Islamic State attack on Suwayda was counted.", 5)
    assert rebuild_core(con, NOW)["core.reports"] == 4
    assert {row[0] for row in con.execute("SELECT incident_id FROM core.incidents").fetchall()} == {row[0] for row in ids}


def test_a_newer_reading_keeps_the_id_though_every_report_has_a_new_one() -> None:
    con = _corpus()
    rebuild_core(con, NOW)
    before = con.execute("SELECT incident_id FROM core.incidents ORDER BY 1").fetchall()
    reports = set(con.execute("SELECT report_id FROM core.reports").fetchall())
    con.execute("UPDATE core.figures SET event_date_start = DATE '2018-07-24', event_date_end = DATE '2018-07-24' WHERE scope = 'incident'")
    rebuild_core(con, NOW)
    assert not reports & set(con.execute("SELECT report_id FROM core.reports").fetchall())
    assert con.execute("SELECT incident_id FROM core.incidents ORDER BY 1").fetchall() == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE core.figures SET count_min = 20, count_max = 20, count_stated = 20 WHERE source_text = 'the police'",
        "UPDATE core.figures SET victim_group = 'ISIS' WHERE source_text = 'the police'",
        "UPDATE core.places SET lat = 34.6 WHERE name = 'Kabul'",
        "UPDATE core.figures SET valid_to = '2026-01-02' WHERE source_text = 'the police'",
        "UPDATE raw.articles SET published_on = '2018-07-30' WHERE article_id = 'kabul'",
    ],
)
def test_reports_are_made_anew_when_anything_they_are_made_from_changes_and_only_then(change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    con, made = _corpus(), []
    make = reports.make_reports
    rebuild_core(con, NOW)
    monkeypatch.setattr(reports, "make_reports", lambda figures: made.append(figures[0]["article_id"]) or make(figures))
    rebuild_core(con, NOW)
    assert set(made) == {"army"}, "of running tolls alone no report is made that could stay"
    con.execute(change)
    rebuild_core(con, NOW)
    assert ("kabul" in made) == ("valid_to" not in change) and set(made) <= {"army", "kabul"}
    kept = _all(con)
    con.execute("UPDATE core.reports SET made_from = NULL")
    rebuild_core(con, NOW)
    assert _all(con) == kept
    assert set(made) == {"kabul", "sohr", "governor", "army"} - ({"kabul"} if "valid_to" in change else set())


def test_a_rebuild_that_fails_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    con = _corpus()
    rebuild_core(con, NOW)
    rebuild_marts(con)
    before = _all(con)

    def fail(_: duckdb.DuckDBPyConnection) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(rebuild, "rebuild_series", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        rebuild_core(con, NOW)
    assert _all(con) == before


def test_an_empty_warehouse_can_be_rebuilt() -> None:
    con = empty_warehouse()
    assert set(rebuild_core(con, NOW).values()) == {0}
    assert set(rebuild_marts(con).values()) == {0}


def test_running_tolls_are_in_no_incident() -> None:
    con = _corpus()
    rebuild_core(con, NOW)
    rebuild_marts(con)
    assert con.execute("SELECT count(*) FROM mart.figure_comparison WHERE count_stated = 600").fetchall() == [(0,)]
    assert con.execute("SELECT count_shown FROM mart.series_comparison").fetchall() == [("> 600",)]
