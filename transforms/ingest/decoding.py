"""Bytes into text: which encoding a file is in, and when it is no text at all.

UTF-8 (with or without byte order mark) and UTF-16 by its mark are read strictly. What is neither is given to
charset-normalizer; its answer counts only when the decoded text is clean. UTF-8 that is damaged in places is never
taken for another encoding: that would turn every accent of the file into two wrong letters.

Belongs here: that decision. Keep out: what the text means.
"""

from __future__ import annotations

import codecs
import re

from transforms.ingest.records import RejectedInputError

SAMPLE_BYTES = 262_144
# charset-normalizer's measures: chaos, signs that do not go together; coherence, likeness to a language. Measured on
# English, French, Russian and Arabic news: right guesses have chaos up to .05 and coherence from .45, damaged text .15 and .0.
_MAX_CHAOS, _MIN_COHERENCE = 0.1, 0.2
_MIN_DETECT, _DETECT_BYTES = 32, 65_536
# The legacy encodings of the web (WHATWG), without those of old Macs and DOS, which fit nearly any damage.
_CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "koi8_r", "koi8_u", "big5", "gb18030", "euc_jp", "shift_jis", "cp949",
)  # fmt: skip
_USUAL, _LEVEL = "cp1252", 0.05  # where Western European encodings are level, the usual one
_MAX_CONTROL_SHARE = 0.02
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_MARKS_16 = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC = {
    "a PDF": (b"%PDF",),
    "a ZIP or Office file": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
    "an image": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    "compressed": (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"Rar!", b"7z\xbc\xaf"),
    "a program": (b"\x7fELF", b"MZ\x90"),
    "a Parquet file": (b"PAR1",),
    "a database": (b"SQLite format 3",),
}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_UTF8_SEQUENCE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(0x20, 0x7F)) + b"\\x41 +ADw- ~{"


def refuse_binary(head: bytes) -> None:
    """Raise RejectedInputError (binary) when the first bytes of a file show that it is no text."""
    for what, magic in _MAGIC.items():
        if head.startswith(magic):
            raise RejectedInputError("binary", f"the file is {what}, not text; export it as .txt, .html, .csv or .jsonl")
    if _mark(head) is None and (b"\x00" in head or len(_CONTROL.findall(head)) > _MAX_CONTROL_SHARE * len(head)):
        raise RejectedInputError("binary", "the file holds control bytes, so it is not text; export it as .txt, .html, .csv or .jsonl")


def _mark(head: bytes) -> str | None:
    return next((name for mark, name in (*_MARKS, *_MARKS_16) if head.startswith(mark)), None)


def _is_damaged_utf8(raw: bytes) -> bool:
    """Return whether most bytes above 127 form UTF-8 sequences: then it is UTF-8 with damage."""
    high = len(_HIGH.findall(raw))
    in_sequences = sum(len(found) for found in _UTF8_SEQUENCE.findall(raw))
    return in_sequences > high / 2


def _is_utf8(raw: bytes, cut: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(raw, final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def _known_codec(name: str | None) -> str | None:
    """Return the codec of a declared encoding; None for what is no encoding of the web: each of those contains ASCII as it is.

    Python knows more by such names: packings (`zip`), and ways of writing that turn plain signs into others (`utf-7`, `unicode_escape`).
    """
    try:
        found = codecs.lookup(name).name if name else None
        return found if found and _ASCII.decode(found) == _ASCII.decode("ascii") else None
    except (LookupError, ValueError):
        return None


def encoding_of(sample: bytes, *, cut: bool = False, declared: str | None = None) -> str:
    """Return the encoding of a file from its bytes (or its first bytes: `cut`).

    declared: what the file says of itself (HTML), believed when it decodes. Raises RejectedInputError (undecodable).
    """
    mark = _mark(sample)
    if mark is not None:
        return mark
    if _is_utf8(sample, cut) or _is_damaged_utf8(sample):
        return "utf-8"
    codec = _known_codec(declared)
    if codec is not None and codec != "utf-8" and _decodes(sample, codec):
        return codec
    return _detected(sample)


def _decodes(sample: bytes, codec: str) -> bool:
    try:
        sample.decode(codec)
    except UnicodeError:
        return False
    return True


def _detected(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # only odd files pay for its import

    first = _HIGH.search(sample)
    begin = max(0, (first.start() if first else 0) - _DETECT_BYTES // 2)
    part = sample[begin : begin + _DETECT_BYTES]
    matches = list(from_bytes(part, cp_isolation=list(_CANDIDATES))) if len(part) >= _MIN_DETECT else []
    if matches and matches[0].chaos <= _MAX_CHAOS and matches[0].coherence >= _MIN_COHERENCE:
        best = matches[0]
        for match in matches:
            level = match.chaos <= best.chaos + _LEVEL and match.coherence >= best.coherence - _LEVEL
            if level and _USUAL in match.could_be_from_charset:
                return _USUAL
        return best.encoding
    raise RejectedInputError("undecodable", "the file is not UTF-8 and its encoding cannot be told with confidence; save it as UTF-8")


def decode(raw: bytes, declared: str | None = None) -> str:
    """Return the text of a whole file. Raises RejectedInputError (empty, binary, undecodable)."""
    if not raw.strip(b" \t\r\n\x0b\x0c" + codecs.BOM_UTF8):
        raise RejectedInputError("empty", "the file holds nothing; take it out, or fetch it again")
    refuse_binary(raw[:SAMPLE_BYTES])
    encoding = encoding_of(raw, declared=declared)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        detail = f"byte {error.start + 1:,} is not valid {encoding.upper()}; repair the file, or save it as UTF-8"
        raise RejectedInputError("undecodable", detail) from None
