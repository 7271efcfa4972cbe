"""Linking with the shipped model: what joins two reports, what keeps them apart, and that tolls play no part."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tests.warehouse.link_reports import DAY, drawn, report
from transforms.errors import ContractError
from warehouse import linking
from warehouse.likeness import Rarity, count_rarity, load_rarity, names, weigh, words, write_rarity
from warehouse.linking import describe, find_pairs, weighed_words
from warehouse.linking_memory import add_words, remembering, take_in
from warehouse.linking_model import MODEL_FILE, Comparison, load_model
from warehouse.pairs import Pair
from warehouse.statements import statement

MODEL = load_model()
CITY = {"place_fine": True, "place_id": 11, "lat": 32.709, "lon": 36.569, "place_admin": "As-Suwayda", "country": "SY"}
AREA = {"place_fine": False, "place_id": 12, "lat": 32.8, "lon": 36.8, "place_admin": "As-Suwayda", "country": "SY"}
DARAA = {"place_fine": True, "place_id": 13, "lat": 32.625, "lon": 36.105, "place_admin": "Daraa", "country": "SY"}
KABUL = {"place_fine": True, "place_id": 14, "lat": 34.528, "lon": 69.172, "place_admin": "Kabul", "country": "AF"}


def _probability(one: dict[str, Any], other: dict[str, Any]) -> float:
    pairs = find_pairs([one, other], MODEL)
    return pairs[0].probability if pairs else 0.0


@pytest.mark.integration
def test_an_area_and_a_city_in_it_on_one_day_with_one_attacker_link() -> None:
    pairs = find_pairs([report(1, AREA, attacker_group="ISIS"), report(2, CITY, attacker_group="ISIS")], MODEL)
    assert pairs[0].probability > MODEL.link_from
    assert pairs[0].basis == "same day; same area, one place named less precisely; same attacker"


@pytest.mark.integration
@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (report(1, CITY), report(2, CITY, DAY + timedelta(days=14)), "one town, two weeks apart"),
        (report(1, CITY), report(2, DARAA), "one day, two provinces"),
        (report(1, CITY), report(2, KABUL), "one day, two countries"),
        (report(1, AREA, attacker_group="ISIS"), report(2, DARAA, attacker_group="ISIS"), "one attacker does not make one attack"),
        (report(1, AREA, attacker_group="ISIS"), report(2, AREA, attacker_group="Syrian army"), "two sides attack on one day"),
        (report(1, AREA), report(2, AREA, None, published_on=DAY + timedelta(days=90)), "no day, and published months later"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_link(one: dict[str, Any], other: dict[str, Any], why: str) -> None:
    assert _probability(one, other) < MODEL.link_from, why


@pytest.mark.integration
def test_a_report_without_a_day_links_by_weaker_evidence() -> None:
    text = "A crowd gathered near Shahba after the attack on Suwayda, said Governor Ashi of Rami and Shabki."
    dated = report(1, AREA, attacker_group="ISIS", words=text)
    near = report(2, AREA, None, attacker_group="ISIS", words=text + " Later Tarba came.", published_on=DAY + timedelta(days=2))
    assert MODEL.link_from < _probability(dated, near) < _probability(dated, near | {"event_date_start": DAY, "event_date_end": DAY})


@pytest.mark.integration
def test_contradictory_tolls_still_link_and_numbers_never_reach_the_model() -> None:
    low = report(1, CITY, words="Police said 3 people were killed when a truck burst in Nahda square.", killed=3)
    high = report(2, CITY, words="Police said 300 people were killed when a truck burst in Nahda square.", killed=300)
    same = high | {"words": low["words"], "killed": 3}
    assert _probability(low, high) > MODEL.link_from
    assert _probability(low, high) == _probability(low, same)
    assert not {"killed", "count_stated", "count_min", "count_max", "quantity_text", "n_figures"} & set(describe([low, high]).column_names)


@pytest.mark.integration
def test_a_pair_has_one_probability_in_any_company() -> None:
    pair = [report(1, AREA, attacker_group="ISIS"), report(2, CITY, attacker_group="ISIS")]
    others = [report(number, KABUL, DAY + timedelta(days=number)) for number in range(3, 40)]
    alone, among = find_pairs(pair, MODEL)[0], find_pairs([*others, *pair], MODEL)[0]
    assert alone == among
    assert (alone.left, alone.right) == (1, 2)


@pytest.mark.integration
def test_two_versions_of_one_article_meet_whatever_their_keys() -> None:
    bare = {"place_fine": False, "place_id": None, "lat": None, "lon": None, "place_admin": None, "country": None}
    first = report(1, bare, None, words="Nahda Square burned.")
    second = report(2, bare, None, article_id="article 1", words="Nahda Square burned again.")
    found = find_pairs([first, second], MODEL)
    assert found and "same text" in found[0].basis


@pytest.mark.integration
def test_reports_that_say_no_time_meet_by_more_of_their_words() -> None:
    # nothing else brings them together: a day or a week is a key of its own
    model = dataclasses.replace(MODEL, rarity=Rarity({"orchard": 30.0, "granary": 30.0}))
    said = {"attacker_group": "ISIS", "victim_groups": ["Druze"], "weapons": ["mortar"]}
    first, second = (" ".join(f"{letter}{kind}{letter}ing" for kind in "bcdfghjklmnp") for letter in "ei")
    one = report(1, CITY, None, words=f"{first} orchard granary", **said)
    other = report(2, CITY, None, words=f"{second} orchard granary", **said)
    assert not find_pairs([one, other], model), (
        "the two words are not among the weightiest, by which those are looked for that say when they were published"
    )
    assert find_pairs([report_ | {"published_on": None} for report_ in (one, other)], model)


def _told(number: int, **given: Any) -> dict[str, Any]:
    """A report of nobody knows what year; one with a date has the publication day of its article."""
    words = "A crowd gathered near Shahba after the attack on Suwayda, said Governor Ashi of Rami and Shabki."
    return report(number, CITY, None, **{"published_on": None, "words": words + " Tarba" * (number == 2), **given})


@pytest.mark.integration
def test_a_day_without_its_year_is_evidence_weaker_than_a_date_and_others_speak_against() -> None:
    dated = {"event_date_start": DAY, "event_date_end": DAY, "day_stated": True}
    nothing = _probability(_told(1), _told(2))
    same, near, other = (
        _probability(_told(1, month_day_start="07-25"), _told(2, month_day_start=day)) for day in ("07-25", "07-26", "03-14")
    )
    assert other < nothing < near < same
    assert same < _probability(_told(1, **dated), _told(2, **dated))
    assert _probability(_told(1, **dated), _told(2, month_day_start="07-25")) == same, "a date has a day and month as well"
    assert _probability(_told(1, month_day_start="12-31"), _told(2, month_day_start="01-01")) == near, "over the turn of the year"


@pytest.mark.integration
def test_weekdays_say_a_little_where_no_more_is_known() -> None:
    dated = {"event_date_start": DAY, "event_date_end": DAY, "day_stated": True}
    nothing = _probability(_told(1), _told(2))
    same, other = (_probability(_told(1, weekday=3), _told(2, weekday=day)) for day in (3, 4))
    assert other < nothing < same < _probability(_told(1, month_day_start="07-25"), _told(2, month_day_start="07-25"))
    assert _probability(_told(1, **dated), _told(2, weekday=3)) == same, "25 July 2018 was a Wednesday"
    assert _probability(_told(1, month_day_start="07-25"), _told(2, weekday=4)) == nothing, "without the year a day of July has no weekday"


@pytest.mark.integration
def test_two_dates_are_not_compared_by_their_weekdays() -> None:
    found = find_pairs([report(1, CITY, words="Nahda Square"), report(2, CITY, DAY + timedelta(days=7), words="Nahda Square")], MODEL)
    assert all(reason.comparison not in ("month_day", "weekday") for pair in found for reason in pair.reasons)


def test_words_are_no_numbers_but_ages_streets_and_days_are_words() -> None:
    text = "Seventy-five died, 75 of them in Tarba. Dozens were hurt on 22 July at 34th Street, said Ashi's office; a 7-year-old lives."
    assert {"tarba", "ashi", "7-year-old", "34th", "22jul", "died"} <= set(words(text))
    assert not {"seventy-five", "75", "dozens", "22"} & set(words(text))
    assert words("On July 22, 2018")["22jul"] == words("on 22nd of July")["22jul"] > 0


def test_two_texts_that_differ_in_their_tolls_only_are_the_same_to_the_linking() -> None:
    text = "Police said {} people were killed and {} wounded when a truck burst in Nahda square."
    assert words(text.format("3", "seven")) == words(text.format("1,300", "dozens"))


def test_rare_words_weigh_more_and_what_they_weigh_depends_on_no_other_text() -> None:
    rarity = Rarity({"police": 4000.0})
    weights = weigh(words("Police in Tarba"), rarity)
    assert len(weights) == 2 and max(weights.values()) > min(weights.values())
    assert sum(weight**2 for weight in weights.values()) == pytest.approx(1)


def test_a_word_that_is_common_in_one_kind_of_news_is_common() -> None:
    kinds = [[["a gunshot rang"]] * 50, [["the market fell"]] * 50 + [["rare words here"]]]
    counted = count_rarity(kinds, Rarity({"market": 9000.0}))
    assert counted.per_10000["gunshot"] == pytest.approx(9800)
    assert "rare" not in counted.per_10000
    assert counted.per_10000["market"] == pytest.approx(10_000 * 49 / 51)


def test_a_word_is_no_commoner_for_all_that_was_written_of_one_incident() -> None:
    # the village of an attack of which ten papers wrote must go on telling that attack from others
    one_attack = [["Shots in Tarba"] * 10, *([f"Shots at {place}"] for place in ("Qanat", "Rashid", "Dalia"))]
    counted = count_rarity([one_attack]).per_10000
    assert "tarba" not in counted and counted["shots"] == pytest.approx(7500)


def test_names_are_two_words_with_capitals_and_no_numbers() -> None:
    text = "Rami Q. Shabki and Nuha al-Sabbagh, of Pope Street, met Shabki's brother. THE WHOLE LINE. Seven Killed"
    assert names(text) == ["rami shabki", "nuha al-sabbagh", "pope street"]  # a toll must not link, nor what is all in capitals


def test_names_that_are_common_are_no_evidence() -> None:
    common = dataclasses.replace(MODEL, rarity=Rarity({"pope street": 500.0}))
    told = [(1, {"words": "Rami Shabki of Pope Street"})]
    assert [len(kept) for model in (MODEL, common) for kept in weighed_words(told, model)["names"].to_pylist()] == [2, 1]


@pytest.mark.integration
def test_a_victim_by_name_says_more_than_the_same_words_apart() -> None:
    bare = {"place_fine": False, "place_id": None, "lat": None, "lon": None, "place_admin": None, "country": None, "published_on": DAY}
    one = report(1, bare, None, words="Rami Shabki was killed.")
    same = report(2, bare, None, words="They wept for Rami Shabki.")
    apart = report(2, bare, None, words="They wept for Rami, and for Nuha of Shabki.")
    assert _probability(one, same) > _probability(one, apart)


def test_a_rarity_table_is_read_as_it_was_written(tmp_path: Any) -> None:
    written = tmp_path / "table.csv"
    write_rarity(Rarity({"police": 12.5, "gunshot": 3.0}), written)
    assert load_rarity(written) == Rarity({"police": 12.5, "gunshot": 3.0})
    written.write_text("word,per_10000\npolice,often\n", encoding="utf-8")
    with pytest.raises(ContractError, match="line 2"):
        load_rarity(written)


@pytest.mark.integration
def test_texts_that_say_neither_place_nor_day_link_by_their_telling_words() -> None:
    bare = {"place_fine": False, "place_id": None, "lat": None, "lon": None, "place_admin": None, "country": None, "published_on": DAY}
    told = "Rami Shabki, a baker of Tarba, was killed when Zarour's bakery burned; his cousin Nuha Shabki was wounded."
    again = "A judge heard that Nuha Shabki fled the bakery in Tarba where the baker, Rami Shabki, was killed by Zarour."
    other = "A fisherman drowned off the coast when his boat, the Merryweather, sank in a storm."
    one, two, three = (report(number, bare, None, words=text) for number, text in enumerate((told, again, other), 1))
    assert _probability(one, two) > MODEL.link_from
    assert _probability(one, three) < 0.1


def test_the_shipped_model_is_well_formed_and_says_what_it_rests_on() -> None:
    for comparison in MODEL.comparisons:
        told = [level for level in comparison.levels if not level.null]
        assert 0.9 <= sum(level.m for level in told) <= 1.1, comparison.name
        assert all(level.says for level in comparison.levels)
        assert comparison.level(0) is comparison.levels[-1]
        assert comparison.level(-1).null
    top = len([level for level in MODEL.comparisons[0].levels if not level.null]) - 1
    gammas = {comparison.name: -1 for comparison in MODEL.comparisons} | {"time": top, "place": 0}
    pair = Pair(1, 2, 0.5, MODEL.reasons(gammas))
    assert pair.basis == "same day (although: different areas of one country)"
    assert [reason.weight > 0 for reason in pair.reasons] == [True, False]


def test_a_broken_model_file_is_refused(tmp_path: Any) -> None:
    broken = tmp_path / "model.toml"
    broken.write_text(MODEL_FILE.read_text(encoding="utf-8").replace('when = "ELSE"', 'when = "1 = 1"'), encoding="utf-8")
    with pytest.raises(ContractError, match="the last level is ELSE"):
        load_model(broken)
    broken.write_text(MODEL_FILE.read_text(encoding="utf-8").replace("cluster_despite = 0.5", "cluster_despite = 0.2"), encoding="utf-8")
    with pytest.raises(ContractError, match="less than cluster_from"):
        load_model(broken)
    broken.write_text('model_version = "x"\n', encoding="utf-8")
    with pytest.raises(ContractError, match="comparison"):
        load_model(broken)


def test_what_is_worked_out_once_for_a_pair_is_what_each_condition_asks() -> None:
    random = Random(8)
    names = ["Rami Shabki", "Nadia Kassar", "Salem Qubbani", "Huda Mardini", "Omar Tlass"]
    reports = [drawn(number, random) for number in range(1, 41)]
    reports = [row | {"words": row["words"] + "; ".join(["", *random.sample(names, random.randrange(6))])} for row in reports]
    evidence = describe(reports)
    weighed = weighed_words([*enumerate(reports)], MODEL)
    for column in ("words", "weights", "names"):
        evidence = evidence.append_column(column, weighed[column])
    with duckdb.connect() as con:
        con.execute(statement("core/link_macros"))
        con.register("evidence", evidence)
        both = ", ".join(f"{side}.{name} AS {name}_{side}" for side in "lr" for name in evidence.column_names)
        asked = ", ".join(_level_asked(comparison) for comparison in MODEL.comparisons)
        rows = con.execute(f"SELECT report_id_l, report_id_r, {asked} FROM (SELECT {both} FROM evidence AS l, evidence AS r)").fetchall()
    told = {(left, right): levels for left, right, *levels in rows}
    pairs = find_pairs(reports, MODEL)
    assert len(pairs) > 100
    for pair in pairs:
        levels = [comparison.levels[number] for comparison, number in zip(MODEL.comparisons, told[pair.left, pair.right], strict=True)]
        assert [reason.says for reason in pair.reasons] == [level.says for level in levels if not level.null and level.m != level.u]


def _level_asked(comparison: Comparison) -> str:
    """The number of the level that a pair shows, by the conditions as they stand in the model."""
    cases = " ".join(f"WHEN {level.when} THEN {number}" for number, level in enumerate(comparison.levels[:-1]))
    return f"CASE {cases} ELSE {len(comparison.levels) - 1} END"


def test_slices_give_the_pairs_of_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(9)
    reports = [drawn(number, random) for number in range(1, 41)]
    whole = find_pairs(reports, MODEL)
    monkeypatch.setattr(linking, "_A_SLICE", 7)
    assert find_pairs(reports, MODEL) == whole != []


def _meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two reports share a key."""
    with remembering(None, "a test") as con:
        con.execute(statement("core/link_macros"))
        take_in(con, describe([one, other]).append_column("fingerprint", pa.array([1, 2], type=pa.uint64())))
        add_words(con, weighed_words([(1, one), (2, other)], MODEL), MODEL.blocking)
        shared = "SELECT list_has_any(l.keys, r.keys) FROM fresh AS l, fresh AS r WHERE l.fingerprint < r.fingerprint"
        return bool(con.execute(shared).fetchall()[0][0])


@pytest.mark.parametrize("days", [3, 400])
def test_common_words_bring_no_reports_together_lest_each_meets_each_for_ever(days: int) -> None:
    later = {"published_on": DAY + timedelta(days=days)}
    one, other = (report(number, CITY, None, words="Militants claimed responsibility") for number in (1, 2))
    assert not _meet(one, other | later)
    telling = {"words": "Viaduct at Nahda: militants claimed responsibility"}
    assert _meet(one | telling, other | later | telling)
    apart = [row | {"published_on": None} for row in (one, other)]
    assert _meet(*apart), "what says no time has nothing else to be found by"
