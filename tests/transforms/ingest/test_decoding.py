"""Bytes into text: the encoding, or the reason why there is none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.ingest.decoding import decode, encoding_of
from transforms.ingest.records import RejectedInputError

ENGLISH = "The governor said that at least 20 people \u2013 among them Jos\u00e9 and Zo\u00eb \u2013 died in the \u201cold\u201d market. "
FRENCH = "Au moins vingt personnes ont \u00e9t\u00e9 tu\u00e9es dans l\u2019explosion, \u00e0 midi, a d\u00e9clar\u00e9 le minist\u00e8re. "
RUSSIAN = "В результате взрыва на рынке погибли двадцать человек, сообщили в министерстве. "
ARABIC = "قتل عشرون شخصا وأصيب أربعون آخرون في انفجار وقع في السوق يوم الأربعاء. "


@pytest.mark.parametrize("text", [ENGLISH, FRENCH, RUSSIAN, ARABIC, "plain"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(ENGLISH, "cp1252"), (FRENCH, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (ARABIC, "cp1256")]
)
def test_the_web_s_old_encodings_are_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding) * 3) == text * 3


def test_what_a_page_declares_is_believed_when_it_decodes() -> None:
    raw = "Überfall".encode("cp1252")
    assert decode(raw, declared="windows-1252") == "Überfall"
    with pytest.raises(RejectedInputError) as short:
        decode(raw, declared="no-such-codec")
    assert short.value.reason == "undecodable", "eight bytes tell no encoding"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"%PDF-1.7 text", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"PK\x03\x04 text", "binary"),
        (b"some text\x00 more text", "binary"),
        (bytes(range(1, 32)) * 4, "binary"),
        (random.Random(1).randbytes(4000).replace(b"\x00", b"a"), "binary"),
        (bytes(random.Random(2).randrange(128, 256) for _ in range(500)), "undecodable"),
        ((FRENCH * 5).encode() + b"\xe9\xe8 fin", "undecodable"),
        (b"a text with one broken byte \x81 in the middle, and nothing else that is odd about it", "undecodable"),
        (FRENCH.encode("utf-16")[:-1], "undecodable"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(RejectedInputError) as refused:
        decode(raw)
    assert refused.value.reason == reason
    assert len(refused.value.detail) > 30


@pytest.mark.parametrize("label", ["base64", "zip", "rot13", "utf-7", "unicode_escape", "utf-16", "cp037", "x\x00", "undefined"])
def test_a_label_that_is_no_encoding_of_the_web_is_not_believed(label: str) -> None:
    """Some stopped the whole run, others would turn plain signs into others: `+ADw-` into `<`."""
    raw = (FRENCH * 5).encode("cp1252")
    assert decode(raw, label) == decode(raw) == FRENCH * 5


def test_a_sample_cut_inside_a_letter_is_still_utf_8() -> None:
    assert encoding_of(FRENCH.encode()[:23], cut=True) == "utf-8"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        decode(raw).encode("utf-8")
    except RejectedInputError as refused:
        assert refused.reason in {"empty", "binary", "undecodable"}


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1).filter(
        lambda text: text.strip() and not text.startswith("\ufeff")
    )
)
def test_utf_8_comes_through_unchanged(text: str) -> None:
    try:
        assert decode(text.encode("utf-8")) == text
    except RejectedInputError as refused:
        assert refused.reason in {"binary", "empty"}, "a text may begin like the head of a binary format"
