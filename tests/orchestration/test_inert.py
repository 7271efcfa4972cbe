from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.cli.inert import cell, inert, write_csv, write_json

CLEAR_SCREEN = "\x1b[2J"
RIGHT_TO_LEFT = "\u202e"


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("at least 12", "at least 12", "plain text stays"),
        (f"12{CLEAR_SCREEN} killed", "12[2J killed", "without its escape, a terminal sequence is mere text"),
        (f"12{RIGHT_TO_LEFT}3 killed", "123 killed", "a direction mark could show 21 for 12"),
        ("12\x9b31m killed", "1231m killed", "C1 controls start sequences too"),
        ("a\nb\tc\rd", "a b c d", "line breaks cannot fake another line"),
        ("a\u2028b", "a b", "nor can Unicode's own"),
        ("قُتل ۱۲", "قُتل ۱۲", "Arabic stays whole"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم", "Persian is spelled with joiners"),
        ("half \ud83d of a pair", "half  of a pair", "no file can hold half a character"),
        (12, "12", "numbers are shown as they are"),
    ],
)
def test_text_is_made_harmless(text: object, shown: str, why: str) -> None:
    assert inert(text) == shown, why


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    left = inert(text)
    assert all(c.isprintable() or c in "\u200c\u200d" or c.isspace() for c in left)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in left)
    assert inert(left) == left


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (date(2018, 7, 25), "2018-07-25"),
        (datetime(2018, 7, 25, 6, 5), "2018-07-25 06:05:00"),
        (["a", 1], "a, 1"),
        (True, "True"),
    ],
)
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", "\uff20SUM(A1)"])
def test_a_spreadsheet_gets_no_formula(formula: str) -> None:
    out = io.StringIO()
    write_csv(out, ["quote"], [[formula]])
    (row,) = list(csv.reader(io.StringIO(out.getvalue())))[1:]
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff20"))


def test_names_of_columns_are_inert_in_csv() -> None:
    """`PIVOT … ON publisher` makes them of what articles say."""
    out = io.StringIO()
    write_csv(out, ["=1+1", "\x1b[31mred\u202e"], [[1, 2]])
    assert out.getvalue() == "'=1+1,[31mred\n1,2\n"


def test_numbers_in_csv_stay_numbers() -> None:
    out = io.StringIO()
    write_csv(out, ["change", "name"], [[-5, "a,b"]])
    assert out.getvalue() == 'change,name\n-5,"a,b"\n'


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=6))
def test_json_is_exact_and_yet_inert(value: object) -> None:
    out = io.StringIO()
    write_json(out, value)
    assert json.loads(out.getvalue()) == value
    assert all(c == "\n" or c.isprintable() or c in "\u200c\u200d" for c in out.getvalue())


def test_json_writes_days_as_iso() -> None:
    out = io.StringIO()
    write_json(out, {"on": date(2018, 7, 25), "at": datetime(2018, 7, 25, 6)})
    assert json.loads(out.getvalue()) == {"on": "2018-07-25", "at": "2018-07-25T06:00:00"}


def test_json_has_no_number_that_json_does_not_know() -> None:
    """The interval that `at least 62` leaves open has no upper end; other programs refuse a bare Infinity."""
    out = io.StringIO()
    write_json(out, [{"holds": [62.0, float("inf")], "change": (float("-inf"), float("nan"))}])
    assert json.loads(out.getvalue(), parse_constant=pytest.fail) == [{"holds": [62.0, "Infinity"], "change": ["-Infinity", "NaN"]}]
