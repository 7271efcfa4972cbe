"""Files of articles: every format that is taken in, made of odd pieces, and made well and then damaged.

Whatever is in a file, it gives articles and rejections, never an error of its own.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.fuzzing import Parser
from tests.fuzz.pieces import DAYS, FIELDS, JSON, RECORD, TEXT, URLS, WORDS, damaged, pieced, sent
from transforms.ingest import Received, Rejected, collect
from transforms.ingest.html_file import take_page
from transforms.ingest.records import take

_SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl", ".csv", ".parquet", ".gz", ".zip", ".warc", ".warc.gz", ".wacz")
_MARKS = (
    *("---\n", "title: x\n", "published_on: ", "{", "}", "[", "]", '"text":', '"a"', ",", ":", "\\ud800", "url,title,text\n", "text\n"),
    *("WARC/1.0\r\n", "Content-Length: 99999999999\r\n", "PK\x03\x04", "\x1f\x8b\x08", "PAR1", ";", "\t", "By ", "Published: "),
)
_HTML = (
    *("<html>", "<html lang='", "<p>", "</p>", "<article>", "</article>", "<!--", "<![CDATA[", "&#x110000;", "&nbsp;", "<div>", "<", ">"),
    *('<meta charset="', '"/>', '<meta property="article:published_time" content="', "<script type='application/ld+json'>", "</script>"),
    *(
        '{"datePublished": "',
        '"}',
        '<time datetime="',
        '"></time>',
        '<link rel="canonical" href="',
        "<title>",
        "</title>",
        "<svg>",
        "<table>",
    ),
    *("utf-7", "base64", "utf-16", "shift_jis", "zip", "idna", "windows-1256", "\x00charset"),
)


def _looked_at(item: object) -> None:
    assert isinstance(item, Received | Rejected)
    if isinstance(item, Rejected):
        item.detail.encode("utf-8")
        assert item.reason and item.detail
        return
    for value in (item.text, item.title, item.publisher, item.url, item.byline, item.article_id, item.origin):
        (value or "").encode("utf-8")
        assert "\x00" not in (value or "")
    assert all(0 <= start <= end <= len(item.text) for start, end in item.read_spans)
    for moment in (item.published_at, item.captured_at):
        assert moment is None or (isinstance(moment, datetime) and moment.tzinfo is None)


def files(suffix: str, content: bytes) -> None:
    """A file by its suffix, whatever is in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{suffix}"
        path.write_bytes(content)
        for item in collect([path]):
            _looked_at(item)


def records(fields: dict[str, Any]) -> None:
    """Loose fields, as JSON gives them, by themselves and in a file."""
    _looked_at(take(fields, origin="o", line=1, raw=b""))
    files(".jsonl", json.dumps(fields).encode() + b"\n")


def pages(raw: bytes, charset: str | None, url: str | None) -> None:
    """A page as a server sent it, with what it said of its encoding."""
    _looked_at(take_page(raw, origin="o", url=url, charset=charset))


def tables(columns: list[tuple[str, Any, list[Any]]]) -> None:
    """A Parquet file of columns of any type, also such as Python has no values for."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    names, arrays = [], []
    for name, kind, values in columns:
        with contextlib.suppress(pa.ArrowException, OverflowError, TypeError, ValueError):
            arrays.append(pa.array(values[:3] + [None] * (3 - len(values)), pa.int64()).cast(kind, safe=False))
            names.append(name)
    arrays.append(pa.array(["12 people were killed in Homs.", None, "x"]))
    stored = io.BytesIO()
    with contextlib.suppress(pa.ArrowException):
        pq.write_table(pa.Table.from_arrays(arrays, names=[*names, "text"]), stored)
        files(".parquet", stored.getvalue())


def _zipped(members: list[tuple[str, bytes, int]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content, packing in members:
            archive.writestr(zipfile.ZipInfo(name), content, packing)
    return out.getvalue()


def _record(head: str, http: str, headers: list[tuple[str, str]], body: bytes, packed: bool) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    content = f"{http}\r\n{lines}\r\n".encode("utf-8", "replace") + (gzip.compress(body) if packed else body)
    made = f"WARC/1.0\r\nWARC-Type: response\r\n{head}Content-Type: application/http\r\nContent-Length: {len(content)}\r\n\r\n"
    return made.encode("utf-8", "replace") + content + b"\r\n\r\n"


def _columns() -> st.SearchStrategy[list[tuple[str, Any, list[Any]]]]:
    import pyarrow as pa

    kinds = [pa.timestamp(unit, tz) for unit in ("s", "ms", "us", "ns") for tz in (None, "UTC", "Mars/Phobos", "+99:00", "+02:00")]
    kinds += [
        pa.date32(),
        pa.date64(),
        pa.int8(),
        pa.float64(),
        pa.string(),
        pa.binary(),
        pa.bool_(),
        pa.duration("us"),
        pa.decimal128(38, 2),
    ]
    return st.lists(
        st.tuples(
            st.sampled_from((*FIELDS, "text", "TEXT")), st.sampled_from(kinds), st.lists(st.integers(-(2**63), 2**63 - 1), max_size=3)
        ),
        max_size=5,
    )


_HTML_BYTES = sent(pieced((*_HTML, *WORDS, *DAYS, *URLS)))
_CONTENT = sent(pieced((*_MARKS, *_HTML, *WORDS, *DAYS)))
_LABELS = st.sampled_from(("utf-7", "base64", "utf-16", "shift_jis", "zip", "\x00", "é", "x" * 99, "hex", "cp037", "utf-8")) | st.text(
    max_size=9
)
_MEMBERS = st.lists(
    st.tuples(
        st.sampled_from(
            ("a.txt", "b.jsonl", "c.zip", "../d.txt", "archive/x.warc.gz", "datapackage.json", "e.html", "é/\u202e.csv", "/f.txt")
        ),
        _CONTENT | JSON.map(lambda value: json.dumps(value).encode()),
        st.sampled_from((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)),
    ),
    max_size=4,
    unique_by=lambda member: member[0],
).map(_zipped)
_WARC = st.lists(
    st.builds(
        _record,
        pieced(("WARC-Date: ", "WARC-Target-URI: <", ">", "\r\n", *DAYS, *URLS), 8),
        st.sampled_from(("HTTP/1.1 200 OK", "HTTP/1.1 200", "HTTP/1.1 ² x", "HTTP/9", "", "HTTP/1.1 301 Moved", "200")),
        st.lists(
            st.tuples(
                st.sampled_from(("Content-Type", "Content-Encoding", "Transfer-Encoding", "Content-Length", "é")),
                st.sampled_from(
                    ("text/html", "text/html; charset=base64", "text/html;charset=", "gzip", "br", "chunked", "-1", "9" * 30, "²")
                ),
            ),
            max_size=4,
        ),
        _HTML_BYTES,
        st.booleans(),
    ),
    max_size=3,
).map(b"".join)
_LATIN = b'<html><head><meta charset="%s"></head><body><article><p>Caf\xe9: 12 people were killed.</p></article></body></html>'

PARSERS = {
    "files": Parser(
        files,
        (st.sampled_from(_SUFFIXES), _CONTENT),
        [
            (".csv", b'"'),
            (".json", b"[" * 5000),
            (".html", b"<" * 500),
            (".parquet", b"PAR1PAR1"),
            (".html", _LATIN % b"base64"),
            (".html", b"<svg><html>"),
            (".csv", b"\xff\xfe" + "text\nabc".encode("utf-16-le") + b"\x00\xd8A\x00"),
        ],
    ),
    "records": Parser(records, (RECORD,)),
    "pages": Parser(pages, (_HTML_BYTES, st.none() | _LABELS, st.none() | st.sampled_from(URLS) | TEXT)),
    "tables": Parser(tables, (st.deferred(_columns),)),
    "archives": Parser(
        files, (st.sampled_from((".zip", ".wacz")), damaged(_MEMBERS)), [(".zip", _zipped([("", b"12 people were killed", 0)]))]
    ),
    "web archives": Parser(files, (st.sampled_from((".warc", ".warc.gz")), damaged(_WARC) | damaged(_WARC.map(gzip.compress)))),
    "packed files": Parser(files, (st.sampled_from((".jsonl.gz", ".zip.gz", ".html.gz", ".gz.gz")), damaged(_CONTENT.map(gzip.compress)))),
}
