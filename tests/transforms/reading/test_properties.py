"""What holds of the reading of any text: nothing raised, true offsets, the contract's columns, the same again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transforms.contract import table
from transforms.reading import reader
from transforms.reading.document import Article, Document, Reading
from transforms.reading.reader import LANDING_COLUMNS, read

COLUMNS = frozenset(table("core.figures").column_names) - LANDING_COLUMNS
# Words that lead into every rule, mixed with what breaks offsets: marks of direction, joiners, NULs, lone surrogates, quotes.
WORDS = (
    "12", "at least", "dozens", "of", "two hundred and five", "a", "no", "nobody", "3 000", "12-15", "1,200", "٢٥", "between", "half",
    "people", "soldiers", "children", "villages", "Khalil Darwish", "policeman", "others", "them", "whom", "family of five", "twins",
    "were killed", "killed", "killing", "died", "wounded", "injured", "dead", "death toll", "rose to", "from", "bodies", "the dead",
    "lives", "claimed", "lost", "missing", "abducted", "detained", "displaced", "neutralised", "casualties", "hostages", "unhurt",
    "including", "among", "who", "which", "and", "or", ",", ".", ";", ":", "-", "(", ")", "“", "”", '"', "'s", "\n", "\n\n", "said",
    "according to", "the army", "SOHR", "on Friday", "8 March 2018", "since 2011", "in", "near", "Homs", "Orlen", "not", "could", "if",
    "\u202e", "\u200b", "\u200d", "\ufeff", "\x00", "\ud800", "\udfff", "\u00ad", "İ", "ß", "ﬁ", "🙂", "e\u0301", "\r\n",
    "\t", "\x85", "\u2028", "\u200f", "\u200e", "\u2066", "ki\u00adlled", "1\u200b2", "1'200", "12—15", "3\u202f000", "•", "~",
    "executed", "eliminated", "found dead", "aged 93", "peacefully", "each year", "film", "actor", "match", "league", "shares",
    "suspects", "trial", "may be linked to", "maybe", "that he be", "shot up", "public bodies", "Hotel Orlen",
)  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
TEXTS = st.one_of(SENTENCES, st.text(alphabet=st.characters(), max_size=120), st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
QUICK = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def check(article: Article) -> Reading:
    """Read an article and assert all that always holds."""
    reading = read(article)
    ids = [row["figure_id"] for row in reading.figures]
    assert len(ids) == len(set(ids))
    for row in reading.figures:
        check_row(article, row, set(ids))
    assert read(article) == reading, "the same article read again gives the same"
    return reading


def check_row(article: Article, row: dict[str, Any], ids: set[int]) -> None:
    assert set(row) == COLUMNS
    words = (article.title or "") if row["in_title"] else article.text
    assert words[row["char_start"] : row["char_end"]] == row["quantity_text"] != ""
    assert row["quantity_text"] in row["sentence"] and row["sentence"] in words
    assert row["sentence"] == row["sentence"].strip()
    low, high = row["count_min"], row["count_max"]
    assert low is None or high is None or low <= high
    assert not (low is None and high is None)
    assert all(count is None or count >= 0 for count in (low, high, row["count_stated"]))
    for column in table("core.figures").columns:
        if column.name in row and column.allowed and row[column.name] is not None:
            assert row[column.name] in column.allowed
        if column.name in row and not column.null:
            assert row[column.name] is not None, column.name
    for link in ("part_of_figure_id", "supersedes_figure_id"):
        assert row[link] is None or (row[link] in ids and row[link] != row["figure_id"])
    start, end = row["event_date_start"], row["event_date_end"]
    assert start is None or end is None or start <= end


@QUICK
@given(text=TEXTS, title=st.one_of(st.none(), SENTENCES), day=st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1))))
def test_any_text_can_be_read_and_what_is_read_stands_there(text: str, title: str | None, day: date | None) -> None:
    check(Article("a", text, title, published_on=day, read_spans=((0, len(text)),)))


@QUICK
@given(text=TEXTS)
def test_any_text_can_be_cut_into_body_and_rest(text: str) -> None:
    check(Article("a", text))


STEP_NAMES = [step.__name__ for step in reader.STEPS]


@QUICK
@given(text=TEXTS, upto=st.integers(1, len(STEP_NAMES)))
def test_after_every_step_the_spans_are_true(text: str, upto: int) -> None:
    """Not only the whole reader: whatever step was last, tokens, figures and notes stand where they say."""
    document = Document(Article("a", text, read_spans=((0, len(text)),)))
    for step in reader.STEPS[:upto]:
        document = step(document)
    for sentence in document.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        for word, start, end in zip(sentence.words, sentence.starts, sentence.ends, strict=True):
            assert text[start:end] == word
    for marks in document.marks.values():
        assert all(0 <= q.start <= q.core_start < q.core_end <= q.end for q in marks.quantities)
        assert all(p.start <= p.end for p in marks.phrases) and all(t.group_start <= t.start < t.end for t in marks.triggers)
    for figure in document.figures:
        assert text[figure.char_start : figure.char_end] == figure.quantity_text
    for note in document.dropped:
        assert 0 <= note.char_start <= note.char_end <= len(text)


@QUICK
@given(text=SENTENCES, cuts=st.lists(st.integers(0, 200), min_size=2, max_size=6))
def test_only_the_spans_that_are_body_are_read(text: str, cuts: list[int]) -> None:
    bounds = sorted(min(cut, len(text)) for cut in cuts)
    spans = tuple(zip(bounds[::2], bounds[1::2], strict=False))
    for row in check(Article("a", text, read_spans=spans)).figures:
        assert any(start <= row["char_start"] and row["char_end"] <= end for start, end in spans)


def test_ids_do_not_change_with_the_version_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article("a", "A bomb killed 12 people, including three children, and wounded 30.", "Bomb kills 12")
    before = read(article).figures
    monkeypatch.setattr(reader, "READER_VERSION", "another")
    after = read(article).figures
    assert [row["figure_id"] for row in before] == [row["figure_id"] for row in after]
    assert {row["reader_version"] for row in after} == {"another"} != {row["reader_version"] for row in before}


def test_ids_differ_between_articles_of_the_same_words() -> None:
    ids = {read(Article(name, "A bomb killed 12 people.")).figures[0]["figure_id"] for name in ("a", "b")}
    assert len(ids) == 2


def test_offsets_count_characters_behind_what_is_longer_in_bytes() -> None:
    text = "🙂\u200b\x00 قُتل. \ud800 Nine people were killed."
    (row,) = check(Article("a", text, read_spans=((0, len(text)),))).figures
    assert row["char_start"] == text.index("Nine")


@pytest.mark.parametrize(
    "words",
    [
        "Nobody",
        "No one",
        "Not one of them",
        "None of the 12 passengers",
        "Without anyone",
    ],
)
def test_whatever_nobody_did_is_an_outcome_of_the_contract(words: str) -> None:
    for verb in ("was hurt", "died", "survived", "escaped unhurt", "was unharmed", "was missing", "was freed"):
        check(Article("a", f"{words} {verb}."))


def test_an_empty_article_has_no_figures() -> None:
    for text in ("", " ", "\n\n", "\x00"):
        assert check(Article("a", text)).figures == ()


def test_labels_of_the_input_are_no_part_of_an_article() -> None:
    given = {"article_id", "text", "title", "publisher", "url", "published_on", "read_spans"}
    assert set(Article.__dataclass_fields__) == given | {"article_version_id"}  # the latter: as landed
