"""Lexicons: every shipped file is well formed, and the loader refuses what is not."""

from __future__ import annotations

import csv
import pickle
from datetime import date
from pathlib import Path

import pytest

from transforms import lexicon
from transforms.errors import LexiconError
from transforms.lexicon import LEXICON_DIR, REQUIRED, by_class, by_term, load, read_file

FILES = sorted(LEXICON_DIR.glob("*.csv"))
CLASSES = frozenset({"people", "thing"})
HEADER = "term,class,why,added\n"


def classes_of(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        lines = [line for line in handle if line.strip() and not line.startswith("#")]
    return frozenset(row["class"].strip() for row in csv.DictReader(lines))


def write(folder: Path, content: str) -> Path:
    path = folder / "words.csv"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_lexicon_is_well_formed(path: Path) -> None:
    entries = read_file(path, classes_of(path))
    assert entries
    assert all(entry.why and entry.added >= date(2026, 11, 25) for entry in entries)


def test_every_shipped_lexicon_says_what_it_is() -> None:
    """The first line is a comment: what the file holds, and what its own columns mean."""
    silent = [path.stem for path in FILES if not path.read_text(encoding="utf-8").startswith("# ")]
    assert silent in ([], ["abbreviations"])  # the one whose columns are only the common ones


def test_a_line_is_an_entry_with_its_own_columns(tmp_path: Path) -> None:
    path = write(tmp_path, '# words\nterm,class,why,added,plural\nbaker,people,"a trade, and more",2026-11-25,bakers\n\n')
    (entry,) = read_file(path, CLASSES)
    assert (entry.term, entry.term_class, entry.why) == ("baker", "people", "a trade, and more")
    assert entry.extra == {"plural": "bakers"} and entry.added == date(2026, 11, 25)


def test_an_affiliation_may_be_listed_again_for_another_conflict_or_day_only(tmp_path: Path) -> None:
    header = "term,class,why,added,party,conflict,from\n"
    lines = [f"A Paper,close,near it,2026-11-28,Reds,War,{day}\n" for day in ("2011-01-01", "2015-01-01")]
    path = tmp_path / "affiliations.csv"
    path.write_text(header + "".join(lines), encoding="utf-8")
    assert len(read_file(path, frozenset({"close"}))) == 2
    path.write_text(header + lines[0] * 2, encoding="utf-8")
    with pytest.raises(LexiconError, match="line 3: 'A Paper' is listed twice as close"):
        read_file(path, frozenset({"close"}))


def test_one_term_may_have_several_classes(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + "guard,people,who,2026-11-25\nguard,thing,a rail,2026-11-25\n")
    assert len(read_file(path, CLASSES)) == 2


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("term,class,why\nbaker,people,trade\n", None, "columns ['added'] are missing"),
        (HEADER + "baker,trade,x,2026-11-25\n", 2, "class 'trade' of 'baker' is none of people, thing"),
        (HEADER + ",people,x,2026-11-25\n", 2, "the term is empty"),
        (HEADER + "# why is missing below\nbaker,people,,2026-11-25\n", 3, "no reason in `why`"),
        (HEADER + "baker,people,x,yesterday\n", 2, "`added` of 'baker' is no ISO day: 'yesterday'"),
        (HEADER + "baker,people,trade, and more,2026-11-25\n", 2, "quote a cell that contains a comma"),
        (HEADER + "baker,people\n", 2, "wrong number of cells"),
        (HEADER + "baker,people,x,2026-11-25\n\nbaker,people,y,2026-11-25\n", 4, "'baker' is listed twice as people"),
    ],
)
def test_what_is_not_well_formed_is_refused_with_its_line(tmp_path: Path, content: str, line: int | None, message: str) -> None:
    with pytest.raises(LexiconError) as refused:
        read_file(write(tmp_path, content), CLASSES)
    assert message in str(refused.value)
    assert (refused.value.file, refused.value.line) == ("words.csv", line)


def test_the_same_lexicon_by_class_and_by_term() -> None:
    """Two views of the same lines: a class that no line has is empty, and not an error."""
    classes, terms = by_class("weapons", frozenset({"weapon", "none"})), by_term("weapons", frozenset({"weapon", "none"}))
    assert classes["none"] == frozenset()
    assert classes["weapon"] == frozenset(terms) != frozenset()
    assert set(terms.values()) == {frozenset({"weapon"})}


def test_a_lexicon_is_read_once() -> None:
    classes = classes_of(LEXICON_DIR / "months.csv")
    assert load("months", classes) is load("months", classes)


def test_required_columns_are_the_provenance() -> None:
    assert REQUIRED == ("term", "class", "why", "added")


def test_the_error_can_be_handed_from_a_worker_to_its_parent() -> None:
    error = pickle.loads(pickle.dumps(LexiconError("no term", file="words.csv", line=3)))
    assert (str(error), error.file, error.line) == ("words.csv, line 3: no term", "words.csv", 3)


def test_the_fingerprint_changes_with_any_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.csv").write_text("term\nbaker\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "LEXICON_DIR", tmp_path)
    before = lexicon.fingerprint()
    assert before == lexicon.fingerprint(), "the same words, the same reader version"
    (tmp_path / "one.csv").write_text("term\nbaker\nmiller\n", encoding="utf-8")
    after = lexicon.fingerprint()
    assert after != before, "articles are read again with a new word"
    (tmp_path / "affiliations.csv").write_text("term\nbaker\n", encoding="utf-8")
    assert lexicon.fingerprint() == after, "but not for who sides with whom: that plays no part in reading"
