"""Pieces that inputs are put together from: what formats are made of, well formed and not.

Belongs here: strategies that several parsers share. Keep out: parsers.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

WORDS = (
    *("12 people were killed", "two dozen or so", "-5", "½", "10,000,000,000", "Ann Doe, 24, ", "al-", "Jr.", "(", ")", "’s", "MONDAY"),
    *(
        "since 31 February",
        "1e309",
        "null",
        "NaN",
        "=1+1",
        "é",
        "一",
        "قتل",
        "\x00",
        "\ufeff",
        "\u202e",
        "\u200b",
        "\r\n",
        "\n\n",
        "'",
        '"',
    ),
)
DAYS = (
    *(
        "2020-02-30",
        "0000-00-00",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "-1",
        "10000-01-01",
        "2020-06-01",
        "07/08/2018",
    ),
    *("Tue, 31 Feb 2020 99:99:99 GMT", "2020-06-01T25:61:61Z", "31 February 2020", "July 45, 2018", "²⁰²⁰-06-01", "2020-W01-1", "20200601"),
    *("1e9", "٢٠٢٠-٠٦-٠١", "2020-06-01T00:00:00+99:99", "2020-06-01 MST", "Jan. 1 0018", "infinity", ""),
)
URLS = (
    *(
        "https://daily.example/1",
        "//other.example",
        "javascript:alert(1)",
        "http://[::1",
        "file:///etc/passwd",
        "../..",
        "http://é.例/?",
        "#",
    ),
    *(
        "https://user:secret@daily.example/",
        "http://a:99999999/",
        "https://daily.example/2020/02/30/x",
        "http://\x00/",
        "http://" + "a" * 300,
    ),
    *("https://xn--a.example/", "http://1.2.3.4.5:-1/", "https://daily.example/%zz%00"),
)
FIELDS = (
    *("article_id", "url", "publisher", "title", "text", "published_on", "published_at", "captured_at", "language", "paraphrase"),
    *("byline", "original_publisher"),
)


def pieced(pieces: tuple[str, ...], most: int = 40) -> st.SearchStrategy[str]:
    """Return texts of these pieces and some signs of any kind between them."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=6), max_size=most).map("".join)


def sent(text: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Return bytes as a host or a file may give them: well encoded, in another encoding, cut or packed badly."""
    return (
        text.map(lambda value: value.encode("utf-8", "surrogatepass"))
        | text.map(lambda value: value.encode("utf-16", "surrogatepass"))
        | text.map(lambda value: value.encode("cp1252", "replace") + b"\xe9\xff")
        | st.binary(max_size=300)
        | st.binary(max_size=60).map(lambda value: b"\x1f\x8b\x08" + value)
    )


TEXT = pieced(WORDS, 12) | st.text(max_size=60) | st.sampled_from(DAYS + URLS)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
RECORD = st.fixed_dictionaries({"text": TEXT}, optional={name: JSON for name in FIELDS if name != "text"})


def damaged(whole: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Return well formed bytes as they are, cut short, and with some of them changed."""

    def changed(value: bytes, changes: list[tuple[int, int]], kept: float) -> bytes:
        found = bytearray(value)
        for place, byte in changes:
            if found:
                found[place % len(found)] = byte
        return bytes(found[: max(1, round(len(found) * kept))])

    places = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=6)
    return st.builds(changed, whole, places, st.just(1.0) | st.just(1.0) | st.floats(0, 1))
