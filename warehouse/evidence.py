"""What another person needs to check one number offline: its words, where they come from, and what was done to them.

After the Berkeley Protocol on Digital Open Source Investigations (2022): collection, preservation, verification. The
package says itself where it falls short of it.

Belongs here: the files of one package. Keep out: the command.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import InputError
from warehouse.files import sha256
from warehouse.load import fetch_rows
from warehouse.statements import statement

# What each span is, and the column whose words it is of. The number has offsets of its own; the rest is looked up in its sentence first.
SPANS = {
    "outcome": "verb_text",
    "victims": "victim_text",
    "source": "source_text",
    "relayed by": "relayed_by",
    "place": "place_text",
    "since": "since_text",
    "blamed": "blamed_text",
    "weapon": "weapon_text",
}
ARTICLE, TITLE, FIGURE, HISTORY, ORIGINAL, SUMS, GUIDE = (
    *("article.txt", "title.txt", "figure.json", "history.json", "original.bin", "SHA256SUMS", "HOW-TO-CHECK.txt"),
)
_ARTICLE_COLUMNS = (
    *("article_version_id", "article_id", "version", "url", "publisher", "original_publisher", "byline", "published_on", "published_at"),
    *("origin", "origin_line", "bytes_hash", "text_hash", "captured_at", "first_seen_at", "is_paraphrase"),
)


def evidence(con: duckdb.DuckDBPyConnection, figure_id: int) -> dict[str, bytes]:
    """Return the files of the package for a figure: name -> content. Raises InputError when there is no such figure."""
    rows = fetch_rows(con, statement("base/evidence_figure"), [figure_id])
    if not rows:
        raise InputError(f"there is no figure {figure_id}; `casualties incident ID --format csv` lists figure ids")
    row = rows[0]
    files = {
        ARTICLE: row["text"].encode(),
        TITLE: (row["title"] or "").encode(),
        FIGURE: _json(_figure(row)),
        HISTORY: _json(
            {
                "readings": [_reading(each) for each in rows],
                "quarantine": fetch_rows(con, statement("base/evidence_quarantine"), [figure_id]),
            }
        ),
    }
    original = _original(row)
    if original is not None:
        files[ORIGINAL] = original
    files[GUIDE] = _guide(row, ORIGINAL in files).encode()
    files[SUMS] = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    return files


def write(files: Mapping[str, bytes], target: Path) -> Path:
    """Write a package into a new folder, or a zip file where the target ends in .zip. Raises InputError when it is there already."""
    if target.exists():
        raise InputError(f"{target} is there already; name another, so that no evidence is overwritten")
    try:
        if target.suffix == ".zip":
            with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
                for name, content in sorted(files.items()):
                    archive.writestr(f"{target.stem}/{name}", content)
        else:
            target.mkdir(parents=True)
            for name, content in files.items():
                (target / name).write_bytes(content)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror}") from error
    return target


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    about = {name: row[name] for name in _ARTICLE_COLUMNS}
    words = {name: value for name, value in row.items() if name not in (*_ARTICLE_COLUMNS, "title", "text")}
    return {
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "article": about,
        "figure": words,
        "spans": _spans(row),
        "reader": {"reader_version": row["reader_version"], "rule": row["rule"], "review": row["review"]},
    }


def _spans(row: Mapping[str, Any]) -> dict[str, Any]:
    """Where the words stand: file, first and last character (0-based, end exclusive; characters of the decoded text, no bytes)."""
    file, whole = (TITLE, row["title"] or "") if row["in_title"] else (ARTICLE, row["text"])
    found: dict[str, Any] = {"number": _span(file, row["char_start"], row["char_end"], whole)}
    at = whole.rfind(row["sentence"], 0, row["char_start"] + len(row["sentence"]))
    found["sentence"] = _span(file, at, at + len(row["sentence"]), whole) if at >= 0 else None
    for name, column in SPANS.items():
        words = row[column]
        if words is None:
            continue
        inside = row["sentence"].find(words) if at >= 0 else -1
        start = at + inside if inside >= 0 else whole.find(words)
        found[name] = _span(file, start, start + len(words), whole) if start >= 0 else {"words": words, "note": "not printed in one piece"}
    days = [row["event_date_start"], row["event_date_end"]]
    found["day"] = {"from": days[0], "to": days[1], "rests on": row["date_basis"], "note": "the words for the day have no stored offsets"}
    return found


def _span(file: str, start: int, end: int, whole: str) -> dict[str, Any]:
    return {"file": file, "char_start": start, "char_end": end, "words": whole[start:end]}


def _reading(row: Mapping[str, Any]) -> dict[str, Any]:
    names = (
        "reader_version",
        "rule",
        "review",
        "quantity_text",
        "outcome",
        "count_min",
        "count_max",
        "bound",
        "stance",
        "valid_from",
        "valid_to",
    )
    return {name: row[name] for name in names}


def _original(row: Mapping[str, Any]) -> bytes | None:
    """The original bytes, where the file that the article came from is still there and unchanged; a record's line of it."""
    path = Path(row["origin"])
    if not path.is_file():
        return None
    if sha256(path) == row["bytes_hash"]:
        return path.read_bytes()
    if row["origin_line"]:
        with path.open("rb") as lines:
            for line in lines:
                if hashlib.sha256(line).hexdigest() == row["bytes_hash"]:
                    return line
                if hashlib.sha256(line.rstrip(b"\r\n")).hexdigest() == row["bytes_hash"]:
                    return line.rstrip(b"\r\n")
    return None


def _guide(row: Mapping[str, Any], has_original: bool) -> str:
    original = (
        f"{ORIGINAL} holds the bytes as received; their SHA-256 is article.bytes_hash in {FIGURE}."
        if has_original
        else "The original bytes are not in this package: the file they came from is gone or changed. Their SHA-256 was kept\n"
        f"(article.bytes_hash in {FIGURE}): whoever has the page as it was can compare it."
    )
    return (
        (Path(__file__).parent / "evidence.txt")
        .read_text(encoding="utf-8")
        .format(
            figure_id=row["figure_id"],
            file=TITLE if row["in_title"] else ARTICLE,
            start=row["char_start"],
            end=row["char_end"],
            text_hash=row["text_hash"],
            original=original,
        )
    )


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=True, indent=1, default=str) + "\n").encode()
