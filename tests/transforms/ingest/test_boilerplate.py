"""The body of a text: news stays, furniture goes."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.errors import LexiconError
from transforms.ingest import boilerplate
from transforms.ingest.boilerplate import body_spans, spans_without

ROOT = Path(__file__).parents[3]
SHARED = ROOT / "../shared"
NEWS = "Twelve people were killed in the blast on Monday, the governor said. Nine others were hurt."


def body(text: str) -> str:
    return "".join(text[start:end] for start, end in body_spans(text)).strip()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Share this story", "a share prompt"),
        ("SHARE", "a button, in capitals"),
        ("  Twitter ", "a button with blanks"),
        ("Copyright 2016 Example News. All rights reserved.", "an owner's note"),
        ("(© 2017 Example TV)", "an owner's note in brackets"),
        ("Disclaimer: " + "The author alone is responsible. " * 20, "a disclaimer goes as a whole, however long"),
        ("The views expressed in this article are the author's own.", "a disclaimer without the word"),
        ("This work is licensed under a Creative Commons Attribution licence.", "a licence note"),
        ("Articles by: [Jane Example](#)", "an index of the author"),
        ("[Become a Member of Example Review](#)", "a plea behind link markup"),
        ("Note to readers: the buttons are above", "a prompt"),
        ("Sign up for our newsletter", "a subscription prompt"),
        ("Please consider donating to keep us going.", "a donation plea"),
        ("Related: Two wounded in a village nearby", "another article's headline"),
        ("Read more: Governor visits the market", "another article's headline"),
        ("**Advertisement**", "a label in bold"),
        ("Please enable Javascript to watch this video", "a technical note"),
        ("This article was originally published by Example Agency.", "a republication note"),
    ],
)
def test_a_line_of_furniture_is_no_body(line: str, why: str) -> None:
    assert body(f"{NEWS}\n\n{line}\n\nThe road is closed.") == f"{NEWS}\n\n\n\nThe road is closed.", why


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The ministry shares its count of 12 dead with the press.", "`share` inside a sentence"),
        ("Police said a man who had donated blood was among the four killed.", "a gate alone does nothing"),
        ("Facebook removed a video that showed three men being shot.", "a sentence that begins like a button"),
        ("Comments by the minister came after 20 soldiers died.", "a sentence that begins like a heading"),
        ("By Tuesday 12 people had died of their wounds.", "`By` opens prose too"),
        ("The film industry says copyrighted material was found on the laptops of two detained men.", "news about copyright"),
        ("Related deaths in the district rose to nine.", "`Related` without a colon"),
        ("Copyright law played no part in the arrest of 12 people.", "`Copyright` without a year"),
    ],
)
def test_a_sentence_of_news_stays(sentence: str, why: str) -> None:
    assert sentence in body(f"{NEWS}\n\n{sentence}\n\nThe road is closed."), why


def test_headlines_under_a_related_heading_go_up_to_the_next_prose() -> None:
    others = "Related stories:\nTwo killed in Exampletown\nThree wounded at the border"
    text = f"{NEWS}\n\n{others}\n\nThe governor spoke of 12 dead.\n\nMen at work"
    assert body(text) == f"{NEWS}\n\n\n\nThe governor spoke of 12 dead.\n\nMen at work"


def test_in_a_text_without_line_breaks_only_the_sentence_goes() -> None:
    text = " ".join([NEWS] * 6) + " Subscribe. Click here to donate. " + NEWS
    kept = body(text)
    assert "Click here to donate" not in kept
    assert kept.count("Twelve people were killed") == 7


def test_unpunctuated_prose_stays_although_a_term_stands_in_it() -> None:
    text = "the monitor said at least 20 people died " * 30 + "all rights reserved"
    assert body(text) == text


def test_the_last_word_of_a_wrapped_sentence_is_no_button() -> None:
    text = "The agency said on Monday that nobody would get more than a tenth\nshare\n\nIt gave no other details."
    assert "share" in body(text)


def test_a_blank_text_has_no_body() -> None:
    assert body_spans("") == ()
    assert body_spans(" \n\t\n") == ()


def test_letters_that_grow_in_lower_case_do_not_move_offsets() -> None:
    text = f"\u0130\u0130\u0130 {NEWS}\nShare this story\nThe \u0130zmir office said 12 died."
    assert body(text) == f"\u0130\u0130\u0130 {NEWS}\n\nThe \u0130zmir office said 12 died."


def test_known_header_lines_are_outside() -> None:
    text = "Headline\nThe body stands here."
    assert spans_without(text, [(0, 8)]) == ((8, len(text)),)


PIECES = st.sampled_from(
    [NEWS, "Share", "Related:", "Copyright 2016 X", "By Jane Example", "25 July 2018", "", "\u0130 \u2019", "Read more: x", "donat"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=12).map("\n".join))
def test_spans_are_ordered_apart_and_inside_the_text(text: str) -> None:
    spans = body_spans(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[start:end].strip()
        at = end + 1


@given(st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=12).map("\n".join))
def test_a_sentence_of_news_is_never_lost(text: str) -> None:
    lines = text.split("\n")
    assert body(text).count(NEWS) == lines.count(NEWS)


def test_a_lexicon_line_with_an_unknown_place_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "boilerplate.csv"
    path.write_text("term,class,why,added,where,max_chars\nshare,share,a button,2026-01-01,somewhere,\n", encoding="utf-8")
    from transforms.lexicon import read_file

    monkeypatch.setattr(boilerplate, "load", lambda name, classes: read_file(path, classes))
    boilerplate._terms.cache_clear()
    with pytest.raises(LexiconError, match="somewhere"):
        boilerplate._terms()
    boilerplate._terms.cache_clear()


def test_every_inside_term_has_a_gate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "boilerplate.csv"
    path.write_text("term,class,why,added,where,max_chars\nbuy our mugs,advert,an advertisement,2026-01-01,inside,\n", encoding="utf-8")
    from transforms.lexicon import read_file

    monkeypatch.setattr(boilerplate, "load", lambda name, classes: read_file(path, classes))
    boilerplate._terms.cache_clear()
    with pytest.raises(LexiconError, match="no gate stands in 'buy our mugs'"):
        boilerplate._terms()
    boilerplate._terms.cache_clear()


def test_plain_news_is_passed_quickly() -> None:
    text = "\n\n".join([" ".join([NEWS] * 4)] * 2_000)
    body_spans(text)
    begin = time.perf_counter()
    assert body_spans(text) == ((0, len(text)),)
    assert len(text) / (time.perf_counter() - begin) > 1e6, "1 MB/s at the very least on a busy machine; 50 and more on a free one"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled data is not here")
def test_the_seed_article_keeps_its_paragraphs_and_nothing_else() -> None:
    text = (SHARED / "seed/article.txt").read_text(encoding="utf-8")
    paragraphs = [part for part in body(text).split("\n\n") if len(part) > 1]
    assert len(paragraphs) == 9
    assert paragraphs[0].startswith("ISIS is on the verge") and paragraphs[-1].startswith("Khalil's statement")
    for outside in ("Region:", "South Front", "Global Research", "share buttons", "PayPal", "Disclaimer", "Over 600 ISIS Members"):
        assert outside not in body(text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the labelled data is not here")
def test_no_annotated_figure_lies_outside_the_body() -> None:
    lost, seen = [], 0
    for line in (SHARED / "eval/claims_gold.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        spans = body_spans(article["text"])
        for figure in article["figures"]:
            if not figure["in_title"]:
                seen += 1
                if not any(start <= figure["char_start"] and figure["char_end"] <= end for start, end in spans):
                    lost.append((article["article_id"], figure["quantity_text"]))
    assert seen > 400
    assert lost == []
