"""Files and folders in: what is found, what is rejected, and that one never stops the other."""

from __future__ import annotations

import csv
import errno
import json
import os
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms import contract
from transforms.errors import InputError
from transforms.ingest import Received, Rejected, collect, parquet_file
from transforms.ingest import jsonl_file as jsonl_module

ROOT = Path(__file__).parents[3]
SHARED = ROOT / "../shared"
EXAMPLES = ROOT / "examples/articles"
FIXTURES = ROOT / "tests/fixtures/ingest"
TEXT = "Twelve people were killed on Monday, the governor said."


def all_of(*paths: Path) -> tuple[list[Received], list[Rejected]]:
    found = list(collect(paths))
    return [one for one in found if isinstance(one, Received)], [one for one in found if isinstance(one, Rejected)]


def only_rejection(path: Path) -> Rejected:
    received, rejected = all_of(path)
    assert received == []
    assert len(rejected) == 1
    return rejected[0]


def test_the_examples_are_all_taken_and_marked() -> None:
    received, rejected = all_of(EXAMPLES)
    assert rejected == []
    assert len(received) >= 12
    assert all(one.is_paraphrase and one.publisher and one.published_on and one.title for one in received)
    assert [one.origin for one in received] == sorted(one.origin for one in received)
    assert all(one.read_spans == ((0, len(one.text)),) for one in received), "our own examples have no furniture"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the facts are not here")
def test_every_known_fact_stands_in_an_example_of_its_publisher_and_day() -> None:
    received, _ = all_of(EXAMPLES)
    with (SHARED / "seed/suwayda-2018-facts.csv").open(encoding="utf-8", newline="") as handle:
        facts = list(csv.DictReader(handle))
    assert len(facts) > 30
    for fact in facts:
        publisher = fact["publisher"].split(" (")[0]
        of_it = [one for one in received if one.publisher == publisher and str(one.published_on) == fact["published_on"]]
        stated = [one for one in of_it if fact["count"].lower() in f"{one.title} {one.text}".lower()]
        assert stated, f"{publisher} {fact['published_on']}: {fact['count']} {fact['outcome']}"
        assert fact["url"] == "article.txt" or stated[0].url == fact["url"]


def test_the_two_files_of_one_page_are_one_article_in_order() -> None:
    received, _ = all_of(EXAMPLES)
    edited = [one for one in received if one.publisher == "SouthFront"]
    assert [one.origin[-4:] for one in edited] == ["1.md", "2.md"]
    assert len({one.article_id for one in edited}) == 1
    assert len({one.article_version_id for one in edited}) == 2


def test_a_page_saved_as_text() -> None:
    (page,), rejected = all_of(FIXTURES / "seed_paraphrase.md")
    assert rejected == []
    assert page.title == "Video: Syria's Southern Front: Over 600 ISIS Members Eliminated by the Army"
    assert (page.publisher, page.original_publisher, page.byline) == ("World Affairs Review", "Levant Desk News", "Levant Desk News")
    assert (page.published_on, page.published_at, page.is_paraphrase) == (date(2018, 7, 27), None, False)
    body = [part for start, end in page.read_spans for part in page.text[start:end].split("\n\n") if len(part.strip()) > 1]
    assert [part.split()[0] for part in body] == ["In", "The", "Since", "The", "Several", "Kurdish"]
    assert "Disclaimer" in page.text, "furniture is kept in the stored text"


def test_a_folder_is_walked_in_order_without_hidden_entries(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.TXT", ".hidden.txt", ".git/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    received, rejected = all_of(tmp_path)
    assert [Path(one.origin).name for one in received] == ["y.TXT", "z.md", "b.txt"]
    assert rejected == []
    assert len(all_of(tmp_path / ".hidden.txt")[0]) == 1, "a file named outright is read"


def test_a_path_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no file or folder .*nothing\.txt"):
        collect([tmp_path / "nothing.txt"])


PLANTED = {
    "binary": ("a.txt", b"%PDF-1.4 \x00\x01"),
    "empty": ("a.jsonl", b"\n\n"),
    "undecodable": ("a.md", b"\x81\x8d\x8f\x90\x9d" * 30),
    "broken_json": ("a.json", b'[{"text": "one"},\n {"text": ]'),
    "missing_text": ("a.csv", b"title,body\na,b\n"),
    "wrong_date": ("a.txt", b"A Headline\n\nPublished: 31 June 2018\n\nTwelve people were killed.\n"),
    "wrong_type": ("a.json", b'"just a string"'),
    "unreadable": ("a.parquet", b"no parquet at all"),
    "unsupported": ("a.docx", b"whatever"),
    "too_large": ("a.txt", b"x" * 40_100_000),
}


# planted in test_archives.py, and in tests/orchestration/fetching
ELSEWHERE = {"broken_xml", "unsafe_archive", "archive_bomb", "forbidden_address", "not_allowed", "not_fetched", "redacted"}


def test_every_reason_of_the_contract_is_planted() -> None:
    assert set(PLANTED) | ELSEWHERE == set(contract.table("ops.rejected_inputs").column("reason").allowed)


@pytest.mark.parametrize("reason", PLANTED)
def test_a_planted_file_is_rejected_and_its_neighbours_are_not(reason: str, tmp_path: Path) -> None:
    name, content = PLANTED[reason]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "0.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "z.txt").write_text(TEXT, encoding="utf-8")
    received, rejected = all_of(tmp_path)
    assert len(received) == 2
    assert [(one.reason, Path(one.origin).name, one.line) for one in rejected] == [(reason, name, None)]
    assert len(rejected[0].detail) > 25


def test_broken_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [
        b'\xef\xbb\xbf{"text": "First of 5 dead"}',
        b'{"text": "cut off',
        b"",
        b'{"text": "caf\xe9 and caf\xc3\xa9"}',
        b'["text"]',
        b'{"text": 5}',
        b'{"text": "ok", "published_on": "2018-13-01"}',
        b'{"text": "\\ud800 lone and \\u0000 nul"}',
        b"[" * 100_000,
        b'{"article_id": "kept", "text": "last", "unknown": {"a": 1}}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\r\n".join(lines))
    received, rejected = all_of(tmp_path)
    assert [(one.origin_line, one.text) for one in received] == [(1, "First of 5 dead"), (8, "\ufffd lone and \ufffd nul"), (10, "last")]
    assert received[-1].article_id == "kept"
    assert [(one.line, one.reason) for one in rejected] == [
        (2, "broken_json"), (4, "undecodable"), (5, "wrong_type"), (6, "wrong_type"), (7, "wrong_date"), (9, "broken_json"),
    ]  # fmt: skip
    assert "line 2" in rejected[0].detail


def test_a_line_without_end_is_skipped_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_module, "_MAX_LINE_BYTES", 100)
    (tmp_path / "a.jsonl").write_text("x" * 950 + '\n{"text": "next"}\n', encoding="utf-8")
    received, rejected = all_of(tmp_path)
    assert [(one.origin_line, one.text) for one in received] == [(2, "next")]
    assert [(one.line, one.reason) for one in rejected] == [(1, "too_large")]


def test_json_objects_and_lists(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"text": TEXT, "title": "T"}), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps([{"text": "one"}, 5, {"text": "two"}]), encoding="utf-8")
    (tmp_path / "c.json").write_text("[]", encoding="utf-8")
    received, rejected = all_of(tmp_path)
    assert [(one.text, one.origin_line) for one in received] == [(TEXT, None), ("one", 1), ("two", 3)]
    assert [(one.reason, one.line) for one in rejected] == [("wrong_type", 2), ("empty", None)]


def test_csv_rows_keep_their_line_breaks_and_lines(tmp_path: Path) -> None:
    content = 'Title;Text;published_on;unknown\nA;"one; with\nbreak";2018-07-25;x\n\nB;;2018-07-25;\nC;too;many;cells;here\nD;last;;\n'
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    received, rejected = all_of(tmp_path)
    assert [(one.title, one.text, one.origin_line) for one in received] == [("A", "one; with\nbreak", 2), ("D", "last", 7)]
    assert [(one.reason, one.line) for one in rejected] == [("missing_text", 5), ("wrong_type", 6)]


def test_a_csv_in_an_old_encoding_and_one_with_damage(tmp_path: Path) -> None:
    rows = "publisher,text\nLe Journal,Au moins vingt personnes ont été tuées à midi dans l’explosion\n"
    (tmp_path / "a.csv").write_bytes(rows.encode("cp1252"))
    (tmp_path / "b.csv").write_bytes("text\nété à café\n".encode() + b"broken \xe9 here\nlast\n")
    received, rejected = all_of(tmp_path)
    assert [one.text for one in received] == [rows.split(",")[-1].strip(), "été à café", "last"]
    assert [(one.reason, one.line) for one in rejected] == [("undecodable", 3)]


def test_a_quote_that_is_never_closed_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from transforms.ingest import csv_file

    monkeypatch.setattr(csv_file, "MAX_TEXT_BYTES", 500)
    (tmp_path / "a.csv").write_text('text\nfirst\n"never closed\n' + "row\n" * 1000, encoding="utf-8")
    received, rejected = all_of(tmp_path)
    assert [one.text for one in received] == ["first"]
    assert [one.reason for one in rejected] == ["too_large"]
    assert "line 3" in rejected[0].detail


def test_parquet_rows(tmp_path: Path) -> None:
    table = pa.table(
        {
            "article_id": pa.array([7, 8, 9, 10]),
            "text": pa.array(["one", None, "three", "four"], pa.large_string()).dictionary_encode(),
            "published_on": pa.array([date(2018, 7, 25), date(2018, 7, 25), None, date(2018, 7, 26)]),
            "published_at": pa.array([None, None, 1532500000, None], pa.timestamp("s", "UTC")),
            "paraphrase": [True, None, False, None],
            "unknown": pa.array([[1], [2], [], None]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "b.parquet")
    pq.write_table(table.slice(0, 0), tmp_path / "c.parquet")
    received, rejected = all_of(tmp_path)
    assert [(one.article_id, one.text, one.origin_line, one.is_paraphrase) for one in received] == [
        ("7", "one", 1, True), ("9", "three", 3, False), ("10", "four", 4, False),
    ]  # fmt: skip
    assert [one.published_on for one in received] == [date(2018, 7, 25), date(2018, 7, 25), date(2018, 7, 26)]
    assert [(one.reason, one.line) for one in rejected] == [("missing_text", 2), ("missing_text", None), ("empty", None)]


def test_a_parquet_string_that_is_no_utf_8_rejects_its_row(tmp_path: Path) -> None:
    broken = pa.array([b"good", b"\xff\xfe bad", b"fine"], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": broken}), tmp_path / "a.parquet")
    received, rejected = all_of(tmp_path)
    assert [one.text for one in received] == ["good", "fine"]
    assert [(one.reason, one.line) for one in rejected] == [("undecodable", 2)]


def test_parquet_that_stores_one_long_text_for_thousands_of_rows_is_a_bomb(tmp_path: Path) -> None:
    # 7 kB, of which each row would become an article of 12 MB
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 2000, pa.int32()), ["word " * 2_400_000])
    pq.write_table(pa.table({"text": text}), tmp_path / "a.parquet", compression="zstd")
    received, rejected = all_of(tmp_path)
    assert received == []
    assert [(one.reason, one.line) for one in rejected] == [("archive_bomb", None)]


def test_parquet_that_repeats_a_text_holds_it_once(tmp_path: Path) -> None:
    # small enough not to be suspicious: a batch of 128 rows at once would take 1.2 GB
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 128, pa.int32()), ["word " * 1_900_000])
    pq.write_table(pa.table({"text": text}), tmp_path / "a.parquet", compression="zstd")
    before = pa.total_allocated_bytes()
    rows = parquet_file.read(tmp_path / "a.parquet", "a.parquet")
    assert isinstance(next(rows), Received)
    assert pa.total_allocated_bytes() - before < 100_000_000


def test_parquet_times_that_python_has_no_value_for_reject_their_row(tmp_path: Path) -> None:
    for number, times in enumerate([pa.array([0, 2**62], pa.timestamp("us")), pa.array([None, 0], pa.timestamp("us", "Mars/Phobos"))]):
        pq.write_table(pa.table({"text": ["one", "two"], "published_at": times}), tmp_path / f"{number}.parquet")
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    pq.write_table(twice, tmp_path / "twice.parquet")
    received, rejected = all_of(tmp_path)
    assert [one.text for one in received] == ["one", "one"]
    assert [(one.reason, one.line) for one in rejected] == [("wrong_date", 2), ("wrong_date", 2), ("wrong_type", None)]


def test_a_csv_in_utf_16_with_damage_gives_what_stands_before_it_and_says_so(tmp_path: Path) -> None:
    rows = "text\n" + "".join(f'"{TEXT} {number}"\n' for number in range(400))
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe" + rows.encode("utf-16-le") + b"\x00\xd8A\x00\n\x00")
    received, (rejected,) = all_of(tmp_path)
    assert len(received) > 300
    assert rejected.reason == "undecodable" and f"line {len(received) + 1} " in rejected.detail


def test_what_is_wrong_is_told_in_text_that_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x80\xc3\x80,b\n1,2\n")
    _, (rejected,) = all_of(tmp_path)
    assert rejected.reason == "missing_text"
    assert "\ufffd" in rejected.detail and rejected.detail.encode("utf-8")


def test_a_full_disk_is_no_fault_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each member would be rejected in turn, and the run succeed with nothing taken in."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", TEXT)

    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with pytest.raises(OSError, match="No space left"):
        all_of(tmp_path)


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "c").symlink_to(tmp_path)
    assert [(Path(one.origin).name, one.reason) for one in all_of(tmp_path)[1]] == [
        ("a.txt", "unreadable"), ("b.txt", "unreadable"), ("c", "unsupported"),
    ]  # fmt: skip


def test_a_file_name_that_is_no_utf_8_has_an_origin_that_is(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT, encoding="utf-8")
    (one,), _ = all_of(tmp_path)
    assert one.origin.encode("utf-8").endswith("caf\ufffd.txt".encode())


def test_front_matter_beats_the_page_and_a_rule_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f'---\n# ours\ntitle: "A: title"\nurl: null\nPublisher: X\nodd: 1\n---\n\nHeadline-like line\n\n{TEXT}\n', encoding="utf-8"
    )
    (tmp_path / "b.md").write_text(f"---\n\n{TEXT}\n\n---\n\nMore.\n", encoding="utf-8")
    (first, second), rejected = all_of(tmp_path)
    assert rejected == []
    assert (first.title, first.publisher, first.url) == ("A: title", "X", None)
    assert first.text.startswith("Headline-like line"), "with a title given, the first line is text"
    assert second.text.startswith("---\n\nTwelve")


def test_a_file_s_time_is_no_day_of_publication(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"A Headline\n\n{TEXT}", encoding="utf-8")
    os.utime(path, (0, 0))
    assert all_of(path)[0][0].published_on is None
