"""Ids: stable across runs and machines, distinct where anything differs."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.identity import article_version_id, figure_id, hash63

VERSION = ("a", "Gazette", "https://gazette.example/1", "Title", "Text", date(2020, 5, 1))


def test_a_hash_is_the_same_on_every_machine() -> None:
    assert hash63("figure", 1, 0, 5, 7, "killed") == 4477077699506940987


@settings(max_examples=50)
@given(parts=st.lists(st.one_of(st.none(), st.text(alphabet=st.characters()), st.integers()), max_size=4))
def test_a_hash_fits_a_signed_integer_whatever_is_hashed(parts: list[object]) -> None:
    assert 0 <= hash63(*parts) < 2**63


def test_where_parts_are_cut_matters() -> None:
    assert hash63("a", "b") != hash63("ab") != hash63("a", "", "b")


def test_lone_surrogates_can_be_hashed() -> None:
    assert hash63("\ud800") != hash63("\udfff")


def test_every_part_of_an_article_version_counts() -> None:
    changed = ("b", None, "https://gazette.example/2", "Other", "Text.", date(2020, 5, 2))
    ids = {article_version_id(*VERSION)}
    for position, value in enumerate(changed):
        given = [*VERSION[:position], value, *VERSION[position + 1 :]]
        ids.add(article_version_id(*given))  # type: ignore[arg-type]  # one part changed, types as in VERSION
    assert len(ids) == 1 + len(changed)


def test_every_part_of_a_figure_counts() -> None:
    ids = {figure_id(1, False, 3, 5, "killed"), figure_id(2, False, 3, 5, "killed"), figure_id(1, True, 3, 5, "killed")}
    ids |= {figure_id(1, False, 4, 5, "killed"), figure_id(1, False, 3, 6, "killed"), figure_id(1, False, 3, 5, "injured")}
    assert len(ids) == 6
