"""The picture of a link: its bars add up, and nothing in it runs or reaches out."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.warehouse.test_rebuild import NOW, _corpus
from warehouse.load import fetch_rows
from warehouse.rebuild import rebuild_core
from warehouse.report.waterfall import draw
from warehouse.statements import statement

LINK = {
    "left_publisher": "<script>alert(1)</script>\u202e",
    "right_publisher": "A Paper",
    "match_probability": 0.75,
    "prior_weight": -9.0,
    "reasons": ["same day", "towns far apart"],
    "weights": [7.0, -1.5],
}


def test_a_hostile_name_is_text_and_the_picture_asks_nobody() -> None:
    drawn = draw([LINK])
    ElementTree.fromstring(drawn)  # well formed
    assert "<script" not in drawn and "\u202e" not in drawn
    assert "href" not in drawn and drawn.count("http") == 1, "the one address is the name of the format"
    assert "+7.0" in drawn and "-1.5" in drawn and "-3.5" in drawn, "each weight, and their sum"


@pytest.mark.integration
def test_the_weights_that_are_kept_give_the_probability_that_is_kept() -> None:
    con = _corpus()
    rebuild_core(con, NOW)
    incident = con.execute("SELECT incident_id FROM core.incidents ORDER BY n_reports DESC LIMIT 1").fetchall()[0][0]
    links = fetch_rows(con, statement("report/incident_links"), [incident])
    assert len(links) == 1
    odds = 2 ** (links[0]["prior_weight"] + sum(links[0]["weights"]))
    assert odds / (1 + odds) == pytest.approx(links[0]["match_probability"], rel=1e-6)
    assert "time" in links[0]["comparisons"] and "same day" in links[0]["reasons"]
