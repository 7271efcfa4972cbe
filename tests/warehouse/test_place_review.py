"""Which printed places count as unknown: the narrowest name decides, and not the area that stands around it."""

from __future__ import annotations

import pytest

from tests.transforms.places.tiny import tiny_index
from tests.warehouse.made import READ_AT, empty_warehouse, put_article, put_figure
from warehouse.load import insert_rows
from warehouse.place_review import narrowest, review
from warehouse.rebuild import rebuild_core


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("village of Tall Qarqush near Manbij in Aleppo province", "Tall Qarqush"),
        ("western countryside of Daraa", "Daraa"),
        ("Zarbuqa, Yemen", "Zarbuqa"),
        ("a market", "a market"),
    ],
)
def test_the_narrowest_name_of_a_printed_place(printed: str, name: str) -> None:
    assert narrowest(printed, tiny_index()) == name


@pytest.mark.integration
def test_a_name_whose_figures_got_the_area_around_it_is_unresolved_and_its_spellings_count_together() -> None:
    con = empty_warehouse()
    (aleppo, *_) = tiny_index().candidates("Aleppo")
    insert_rows(
        con,
        "core.places",
        [{name: getattr(aleppo, name) for name in ("place_id", "name", "precision", "country", "gazetteer", "gazetteer_id")}],
    )
    got = {"place_id": aleppo.place_id, "place_precision": aleppo.precision, "country": "SY"}
    said = [
        ("Tall Qarqush in Aleppo", got),
        ("the village of Tall-Qarqush", {"country": "SY"}),
        ("Aleppo", got),
        ("Zarbuqa", {"country": "YE"}),
    ]
    for number, (printed, place) in enumerate(said):
        version = put_article(con, f"a{number}", text=f"{number + 3} people were killed in {printed}.")
        put_figure(con, version, f"a{number}", str(number + 3), place_text=printed, sentence=f"Killed in {printed}.", **place)
    rebuild_core(con, READ_AT)
    first, second = review(con, tiny_index())
    assert (first.name, first.country, first.n_figures, first.n_articles) == ("Tall Qarqush", "SY", 2, 2)
    assert first.got == (f"{aleppo.name} ({aleppo.precision})",) and len(first.spelled) == 2
    assert (second.name, second.country, second.got) == ("Zarbuqa", "YE", ())
