"""Whatever comes from outside, parsers give what they should or an error of the project's own, in little time and memory.

Each runs for some seconds here, and for ten minutes in `make torture`; CASUALTIES_FUZZ_SECONDS says how long otherwise. Where
atheris is installed, half of the long run is guided by what code the inputs reach.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz import article_files, own_files, texts, web
from tests.fuzz.fuzzing import SECONDS_VARIABLE, Parser, fuzz
from tests.torture.table import Tried
from transforms.ingest import feed, sitemap

PARSERS: dict[str, Parser] = {**article_files.PARSERS, **texts.PARSERS, **web.PARSERS, **own_files.PARSERS}
PROJECT = Path(__file__).parents[2]
SHORT_SECONDS, LONG_SECONDS = 2.0, 600.0


@pytest.mark.parametrize("name", PARSERS)
def test_short(name: str) -> None:
    fuzz(PARSERS[name], float(os.environ.get(SECONDS_VARIABLE, SHORT_SECONDS)))


@pytest.mark.parametrize(("name", "number"), [(name, number) for name, parser in PARSERS.items() for number in range(len(parser.found))])
def test_what_was_found_once(name: str, number: int) -> None:
    PARSERS[name].run(*PARSERS[name].found[number])


@pytest.mark.torture
@pytest.mark.parametrize("name", PARSERS)
def test_long(name: str, tried: Tried) -> None:
    seconds = float(os.environ.get(SECONDS_VARIABLE, LONG_SECONDS))
    if importlib.util.find_spec("atheris") is None:
        tried(f"{name}: made inputs for {seconds:g} s", f"{fuzz(PARSERS[name], seconds):,}, none broke it")
        return
    tried(f"{name}: made inputs for {seconds / 2:g} s", f"{fuzz(PARSERS[name], seconds / 2):,}, none broke it")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", name, str(round(seconds / 2))], capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    runs = re.findall(r"Done (\d+) runs", done.stderr)
    tried(f"{name}: inputs guided by the code they reach, as long", f"{int(runs[-1]):,}, none broke it" if runs else "none broke it")


@pytest.mark.parametrize("name", web.WHOLE)
def test_whole_documents_with_times_that_no_calendar_has_keep_their_addresses(name: str) -> None:
    value = web.WHOLE[name]
    found = feed.entries(value, "https://daily.example/rss.xml") if name == "feeds" else sitemap.read(value, "").pages
    assert [(entry.url, entry.published_at) for entry in found] == [("https://daily.example/1", None)]
