"""Files that a user writes: sources, conventions, settings, places, a linking model, a lexicon: an error tells which file is wrong."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from orchestration.fetching import settings as sources_file
from tests.fuzz.fuzzing import Parser
from tests.fuzz.pieces import URLS, damaged, pieced, sent
from transforms import lexicon
from transforms.errors import CasualtiesError, InputError, LexiconError
from transforms.places.user_file import check_user_file

_VALUES = (
    *(
        '"a"\n',
        '"https://daily.example/rss"\n',
        '"../.."\n',
        '"* * * * *"\n',
        '"0 25 * * *"\n',
        "[]\n",
        '["a", 1]\n',
        "-1\n",
        "1e999\n",
        "0\n",
    ),
    *(
        "nan\n",
        "true\n",
        "2020-01-01\n",
        "{}\n",
        "[[[",
        '"""',
        "\x00",
        "é",
        "=",
        "\n",
        "9" * 5000,
        "inf\n",
        '"\\u0000"\n',
        "[1]\n",
        "{ a = 1 }\n",
    ),
)
_SOURCES = (
    *(
        "[fetch]\n",
        "[[feed]]\n",
        "[[inbox]]\n",
        "[[urls]]\n",
        "[[sitemap]]\n",
        "[[archive]]\n",
        "[feed]\n",
        "[other]\n",
        "name = ",
        "url = ",
    ),
    *(
        "path = ",
        "file = ",
        "schedule = ",
        "include = ",
        "max_pages = ",
        "delay_seconds = ",
        "allow_private_hosts = ",
        "contact = ",
        "publisher = ",
    ),
    *(f'"{url}"\n' for url in URLS if "\x00" not in url),
)
_CONVENTION = (
    *(
        'title = "t"\n',
        'source = "s"\n',
        "[words]\n",
        "[words.numbers]\n",
        "[selection]\n",
        "[inclusion]\n",
        'vague = "least"\n',
        "vague = ",
    ),
    *(
        'range = "lower"\n',
        'at_least = "stated"\n',
        'at_most = "stated"\n',
        'rule = "none"\n',
        'outcomes = ["killed"]\n',
        "outcomes = ",
        "dozens = ",
    ),
    *('statuses = ["people"]\n', "reviewed_only = ", "sum_sides = ", 'vague = "numbers"\n', "numbers = ", "words = ", "selection = "),
)
_MODEL = (
    *(
        'model_version = "x"\n',
        'rarity = "r.csv"\n',
        "rarity = ",
        "prior = ",
        "0.1\n",
        "link_from = ",
        "cluster_from = ",
        "cluster_despite = ",
    ),
    *(
        "most_days_apart = ",
        "most_km_apart = ",
        "[blocking]\n",
        "[[comparison]]\n",
        "[[comparison.level]]\n",
        'name = "day"\n',
        'when = "ELSE"\n',
    ),
    *('says = "x"\n', "m = ", "u = ", "null = ", "blocking = ", "comparison = ", "level = ", "pair_words = "),
)
_PLACES = (
    *(
        "name,country,lat,lon\n",
        "name,country,lat,lon,population,precision,id\n",
        "Homs,SY,34.7,36.7\n",
        "Homs",
        "SY",
        ",",
        "\t",
        "\n",
        '"',
        "1e999",
    ),
    *("nan", "\x00", "²", "9" * 400, "-91", "town", "country", "P", "ADM1", "1\tHoms\tHoms\t\t34\t36\tP\tPPL\tSY\t\t\t\t\t\t5\t\t\t\t\n"),
    *("1\tHoms\tHoms\t\t34\t36\tP\tPPL\tSY\t\t\t\t\t\t²\t\t\t\t\n", "|", "é", "\r"),
)
_LEXICON = (
    "term,class,why,added\n",
    "word,known,why,2020-01-01\n",
    "word",
    "known",
    ",",
    "\n",
    '"',
    "#",
    "2020-02-30",
    "\x00",
    "é",
    "\r",
    "\ud800",
)


def _told(name: str, content: bytes, read: Callable[[Path], object], told: tuple[type[CasualtiesError], ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(content)
        try:
            read(file)
        except told as error:
            assert name in str(error), "it says which file is meant"
            str(error).encode("utf-8")


def sources(content: bytes) -> None:
    """`sources.toml`."""
    _told("sources.toml", content, sources_file.read, (InputError,))


def conventions(content: bytes) -> None:
    """A convention of one's own."""
    from warehouse.conventions import read_convention

    _told("own.toml", content, lambda file: read_convention(file, is_own=True), (InputError,))


def settings(content: bytes, environment: str) -> None:
    """`settings.toml`, and what the environment says over it."""
    from warehouse.paths import DataFolder
    from warehouse.settings import masks_names

    _told("settings.toml", content, lambda file: masks_names(DataFolder(file.parent)), (InputError,))
    before = os.environ.get("CASUALTIES_MASK")
    os.environ["CASUALTIES_MASK"] = environment.replace("\x00", "")
    try:
        _told("settings.toml", b"", lambda file: masks_names(DataFolder(file.parent)), ())
    except InputError as error:
        assert "CASUALTIES_MASK" in str(error)
    finally:
        os.environ.pop("CASUALTIES_MASK")
        if before is not None:
            os.environ["CASUALTIES_MASK"] = before


def model(content: bytes, rarity: bytes) -> None:
    """A linking model of one's own, with its table of words."""
    from warehouse.linking_model import load_model

    def read(file: Path) -> None:
        file.with_name("r.csv").write_bytes(rarity)
        try:
            load_model(file)
        except CasualtiesError as error:
            assert "linking_model.toml" in str(error) or "r.csv" in str(error)

    _told("linking_model.toml", content, read, ())


def places(suffix: str, content: bytes) -> None:
    """A gazetteer of one's own: CSV, GeoNames dump, or either in a zip."""
    _told(f"places{suffix}", content, check_user_file, (InputError,))


def lexicons(content: bytes) -> None:
    """A lexicon file."""
    _told("words.csv", content, lambda file: lexicon.read_file(file, frozenset({"known"})), (LexiconError,))


def _zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("XX.txt", content)
    return out.getvalue()


def _toml(pieces: tuple[str, ...]) -> st.SearchStrategy[bytes]:
    return sent(pieced((*pieces, *_VALUES)))


_PLACES_BYTES = sent(pieced(_PLACES))
PARSERS = {
    "sources": Parser(sources, (_toml(_SOURCES),), [(b"a = " + b"9" * 5000,), (b"a = " + b"[" * 5000,)]),
    "conventions": Parser(conventions, (_toml(_CONVENTION),), [(b"a = " + b"9" * 5000,), (b"a = " + b"[" * 5000,)]),
    "settings": Parser(settings, (_toml(("mask = ", "[mask]\n")), st.text(st.characters(codec="utf-8"), max_size=8))),
    "linking model": Parser(model, (_toml(_MODEL), sent(pieced(("word,per_10000\n", "a,1\n", "a,nan\n", "a\n", '"', "\x00"), 6)))),
    "places": Parser(places, (st.sampled_from((".csv", ".txt", ".zip")), _PLACES_BYTES | damaged(_PLACES_BYTES.map(_zipped)))),
    "lexicons": Parser(lexicons, (sent(pieced(_LEXICON)),)),
}
