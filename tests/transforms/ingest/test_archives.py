"""Archives: what is good in them goes on, and what is dangerous is refused before it is unpacked."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import stat
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from transforms.ingest import Received, Rejected, collect, unpacking

TEXT = "Twelve people were killed on Monday, the governor said."
PAGE = """<html lang="en"><head><title>Shells fall on Tarhal</title><meta property="og:site_name" content="Tarhal Daily">
<meta property="article:published_time" content="2026-03-03T10:00:00Z"></head><body><article><h1>Shells fall on Tarhal</h1>
<p>Twelve people were killed when shells fell on the market of Tarhal on Monday, the governor said in the evening.</p>
<p>Thirty others were injured, according to the hospital of the town, which asked people to give blood for them.</p>
</article></body></html>"""


def all_of(path: Path) -> tuple[list[Received], list[Rejected]]:
    found = list(collect([path]))
    return [one for one in found if isinstance(one, Received)], [one for one in found if isinstance(one, Rejected)]


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def response(url: str, body: bytes, status: str = "200 OK", kind: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    """One WARC response record, as crawlers write it."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-03-03T11:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{hashlib.md5(url.encode()).hexdigest()}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def packed_warc(*records: bytes) -> bytes:
    return b"".join(gzip.compress(record) for record in records)


def test_a_zip_is_read_as_a_folder_is(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"{TEXT} {number}"}) for number in range(3))
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", TEXT + " Deep.")
    members = {"b/news.jsonl": lines, "a.txt": TEXT, "inner.zip": inner.getvalue(), "c.txt.gz": gzip.compress(TEXT.encode())}
    received, rejected = all_of(zipped(tmp_path / "n.zip", {**members, ".hidden.txt": TEXT, "__MACOSX/a.txt": TEXT}))
    assert rejected == []
    assert [one.origin.removeprefix(str(tmp_path)) for one in received] == [
        "/n.zip!a.txt",
        "/n.zip!b/news.jsonl",
        "/n.zip!b/news.jsonl",
        "/n.zip!b/news.jsonl",
        "/n.zip!c.txt.gz",
        "/n.zip!inner.zip!deep.txt",
    ]
    assert [one.origin_line for one in received[1:4]] == [1, 2, 3]
    assert received[0].bytes_hash == hashlib.sha256(TEXT.encode()).hexdigest(), "of the member itself, not of the archive"


def test_the_same_article_packed_and_not_is_one(tmp_path: Path) -> None:
    record = json.dumps({"text": TEXT, "url": "https://x.example/a"})
    (tmp_path / "plain.jsonl").write_text(record)
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(record.encode()))
    received, rejected = all_of(tmp_path)
    assert rejected == [] and len({one.article_version_id for one in received}) == 1


@pytest.mark.parametrize("name", ["../../etc/cron.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt"])
def test_a_name_that_points_out_of_the_archive_is_refused_alone(name: str, tmp_path: Path) -> None:
    received, rejected = all_of(zipped(tmp_path / "n.zip", {name: TEXT, "good.txt": TEXT}))
    assert len(received) == 1
    assert [one.reason for one in rejected] == ["unsafe_archive"]
    assert "points out of the archive" in rejected[0].detail


def test_a_member_without_a_name_is_refused_alone(tmp_path: Path) -> None:
    # `zipfile` cuts a name at its first NUL, and cannot tell whether none is a folder's
    path = zipped(tmp_path / "n.zip", {"-.txt": TEXT, "good.txt": TEXT})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(""), TEXT)
    path.write_bytes(path.read_bytes().replace(b"-.txt", b"\0.txt"))
    received, rejected = all_of(path)
    assert len(received) == 1
    assert [one.reason for one in rejected] == ["unsafe_archive"] * 2


def test_a_link_is_refused_alone(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = zipped(tmp_path / "n.zip", {"good.txt": TEXT})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    received, rejected = all_of(path)
    assert len(received) == 1 and [one.reason for one in rejected] == ["unsafe_archive"]


def test_a_bomb_is_refused_by_its_declared_size_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "n.zip", {"bomb.txt": b"0" * 30_000_000, "good.txt": TEXT})
    opened: list[str] = []
    plain = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, member: zipfile.ZipInfo, *args: object) -> object:
        opened.append(member.filename)
        return plain(self, member)

    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    received, rejected = all_of(path)
    assert len(received) == 1 and [one.reason for one in rejected] == ["archive_bomb"]
    assert opened == ["good.txt"], "the bomb was not even opened"


def test_a_bomb_that_lies_about_its_size_stops_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "n.txt.gz").write_bytes(gzip.compress(b"0" * 30_000_000))  # gzip declares nothing that counts
    received, rejected = all_of(tmp_path / "n.txt.gz")
    assert received == [] and [one.reason for one in rejected] == ["archive_bomb"]


def test_overlapping_members_are_refused_as_a_whole(tmp_path: Path) -> None:
    """The bomb that needs no nesting: many entries of the directory share one packed member."""
    path = zipped(tmp_path / "n.zip", {"a.txt": TEXT, "b.txt": TEXT})
    raw = bytearray(path.read_bytes())
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 42 : second + 46] = struct.pack("<L", 0)  # its data begins where the first one's does
    path.write_bytes(raw)
    received, rejected = all_of(path)
    assert received == [] and [one.reason for one in rejected] == ["archive_bomb"]


def test_too_many_members_and_too_deep_nesting_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content: bytes | str = TEXT
    name = "a.txt"
    for depth in range(3):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(name, content)
        content, name = buffer.getvalue(), f"{depth}.zip"
    (tmp_path / "deep.zip").write_bytes(bytes(content))  # type: ignore[arg-type]
    assert [one.reason for one in all_of(tmp_path / "deep.zip")[1]] == ["archive_bomb"]
    monkeypatch.setattr(unpacking, "MAX_MEMBERS", 2)
    path = zipped(tmp_path / "many.zip", {f"{number}.txt": TEXT for number in range(3)})
    assert [one.reason for one in all_of(path)[1]] == ["archive_bomb"]


@pytest.mark.parametrize("name", ["n.zip", "n.jsonl.gz", "n.warc", "n.warc.gz", "n.wacz"])
@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\x1f\x8b\x08 broken", b"WARC/1.0\r\nbroken", b"", b"\x00" * 50])
def test_a_damaged_archive_is_rejected_and_never_crashes(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    received, rejected = all_of(tmp_path / name)
    assert received == [] and len(rejected) == 1 and len(rejected[0].detail) > 20


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_a_member_damaged_in_any_packing_is_rejected_alone(packing: int, tmp_path: Path) -> None:
    path = tmp_path / "n.zip"
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("a.txt", TEXT * 50)
        archive.writestr("b.txt", TEXT)
    raw = bytearray(path.read_bytes())
    raw[40:46] = b"\xff" * 6
    path.write_bytes(raw)
    received, rejected = all_of(path)
    assert [one.text for one in received] == [TEXT]
    assert [(one.origin.rpartition("!")[2], one.reason) for one in rejected] == [("a.txt", "unreadable")]


def test_an_encrypted_member_is_rejected_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "n.zip", {"a.txt": TEXT, "b.txt": TEXT})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    received, rejected = all_of(path)
    assert len(received) == 1 and "encrypted" in rejected[0].detail


@pytest.mark.parametrize("packed", [False, True])
def test_the_pages_of_a_web_archive_are_articles(packed: bool, tmp_path: Path) -> None:
    page = PAGE.encode()
    records = (
        response("https://tarhal.example/2026/03/03/shells", page),
        response("https://tarhal.example/logo.png", b"\x89PNG", kind="image/png"),
        response("https://tarhal.example/gone", page, status="404 Not Found"),
        response("https://tarhal.example/zipped", gzip.compress(page.replace(b"Twelve", b"Thirteen")), extra="Content-Encoding: gzip\r\n"),
    )
    path = tmp_path / ("n.warc.gz" if packed else "n.warc")
    path.write_bytes(packed_warc(*records) if packed else b"".join(records))
    received, rejected = all_of(path)
    assert [(one.url, one.origin_line, one.publisher, one.published_on) for one in received] == [
        ("https://tarhal.example/2026/03/03/shells", 1, "Tarhal Daily", date(2026, 3, 3)),
        ("https://tarhal.example/zipped", 4, "Tarhal Daily", date(2026, 3, 3)),
    ]
    assert {one.captured_at for one in received} == {datetime(2026, 3, 3, 11)}, "WARC-Date, in UTC; it dates no publication"
    assert received[0].bytes_hash == hashlib.sha256(page).hexdigest()
    assert "Thirteen" in received[1].text
    (rest,) = rejected
    assert rest.reason == "unsupported" and "2 of 4 responses" in rest.detail and "image/png" in rest.detail and "status 404" in rest.detail


def test_a_page_cannot_pass_for_one_of_another_host(tmp_path: Path) -> None:
    foreign = PAGE.replace("</head>", '<link rel="canonical" href="https://bbc.example/news/1"></head>').encode()
    own = PAGE.replace("</head>", '<link rel="canonical" href="https://tarhal.example/real"></head>').encode()
    (tmp_path / "n.warc").write_bytes(response("https://tarhal.example/x?utm=1", foreign) + response("https://tarhal.example/y?utm=1", own))
    received, _ = all_of(tmp_path / "n.warc")
    assert [one.url for one in received] == ["https://tarhal.example/x?utm=1", "https://tarhal.example/real"]


def test_a_web_archive_cut_short_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    whole = packed_warc(response("https://a.example/1", PAGE.encode()), response("https://a.example/2", PAGE.encode() * 50))
    (tmp_path / "n.warc.gz").write_bytes(whole[: len(whole) - 200])
    received, rejected = all_of(tmp_path / "n.warc.gz")
    assert received and rejected, "the first page is there, the second is not lost without a word"


def collection(path: Path, content: bytes, stated: bytes) -> Path:
    digest = "sha256:" + hashlib.sha256(stated).hexdigest()
    package = {"profile": "data-package", "resources": [{"name": "d", "path": "archive/d.warc.gz", "hash": digest, "bytes": len(stated)}]}
    return zipped(path, {"archive/d.warc.gz": content, "datapackage.json": json.dumps(package), "pages/pages.jsonl": "{}"})


def test_a_collection_is_checked_against_its_own_hashes(tmp_path: Path) -> None:
    content = packed_warc(response("https://a.example/1", PAGE.encode()))
    received, rejected = all_of(collection(tmp_path / "n.wacz", content, content))
    assert (len(received), rejected) == (1, [])
    assert received[0].origin.endswith("n.wacz!archive/d.warc.gz")
    received, rejected = all_of(collection(tmp_path / "m.wacz", content, content + b"tampered"))
    assert received == [] and "not those that datapackage.json names" in rejected[0].detail
