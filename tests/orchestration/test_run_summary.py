from __future__ import annotations

from typing import Any

from orchestration.cli.run import MOST_REJECTED_SHOWN, summary

COUNTS: dict[str, Any] = {
    "status": "succeeded",
    "n_received": 3,
    "n_new_versions": 2,
    "n_rejected": 0,
    "n_read": 2,
    "n_figures": 5,
    "n_quarantined": 0,
}


def rejected(number: int) -> dict[str, Any]:
    return {"origin": f"news/{number}.json", "line": number, "reason": "broken_json", "detail": "no JSON\x1b[2J"}


def test_what_was_received_read_and_landed() -> None:
    assert summary(COUNTS, []) == ["Received 3 articles: 2 new, 1 known.", "Read 2 articles: 5 figures, 0 held back."]


def test_nothing_new_is_said() -> None:
    assert summary({**COUNTS, "n_received": 1, "n_new_versions": 0, "n_read": 0, "n_figures": 0}, []) == [
        "Received 1 article: 0 new, 1 known.",
        "Nothing new to read.",
    ]


def test_what_was_left_out_is_listed_with_its_place_and_reason_and_cannot_hurt_the_terminal() -> None:
    lines = summary({**COUNTS, "n_rejected": 7}, [rejected(n) for n in range(1, 8)])
    assert lines[1] == "Left out 7 inputs that could not be taken in (7 for the first time):"
    assert lines[2] == "  news/1.json, line 1  broken_json: no JSON[2J"
    assert len([line for line in lines if "broken_json" in line]) == MOST_REJECTED_SHOWN
    assert any("ops.rejected_inputs" in line for line in lines)


def test_what_was_held_back_says_where_to_look() -> None:
    assert summary({**COUNTS, "n_quarantined": 2}, [])[-1] == "  see them: casualties quarantine list"


def test_a_failed_run_says_that_what_had_landed_stays() -> None:
    assert "The run failed; what had landed before stays." in summary({**COUNTS, "status": "failed", "n_read": None}, [])


def test_what_was_left_unread_for_its_language_is_said() -> None:
    lines = summary(COUNTS, [], [("ar", 3), ("fr", 1)])
    assert lines[1] == "Kept unread, for want of a grammar of their language: 3 in ar, 1 in fr."


def test_articles_that_the_reader_failed_on_are_named_and_cannot_hurt_the_terminal() -> None:
    lines = summary(COUNTS, [], failed=[("a\x1b[2J", "IndexError in people.py, line 7 (at)")])
    assert lines[1].startswith("Kept unread, as the reader failed on them") and lines[1].endswith("1 article.")
    assert lines[2] == "  a[2J  IndexError in people.py, line 7 (at)"
