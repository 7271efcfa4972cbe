"""No regular expression of the transforms backtracks without bound: each is run over hostile strings of growing length.

Only the methods that the code calls a pattern with are run. Bounds are a hundred times what a linear match takes, so that a slow
machine does not fail; what grows with the square of the length exceeds them at the largest length, what grows faster earlier.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import transforms
from transforms.reading import victims

PIECES = (
    "a", "A", "7", " ", "\n", "-", "a-", "a.", "A.", "Al ", "1,", "1 ", "1:", "a ", "' ", '"', "(", "[", "[](", "<", "</", "<a ", "&",
    "&#", "@", "* ", "| ", ", ", " \n", "a\n", "_", ":", "/", "1:00 ", "é", "•", " • ", "of ", "who ", "the ", "http://", "=", "t",
)  # fmt: skip
# length -> seconds: a linear match of the longest takes about a millisecond
QUICK = {25: 0.5, 200: 0.5, 2_000: 0.5}
LONG = {20_000: 1.5}
# Patterns whose callers cut the text first: to how many characters.
CUT = {
    ("transforms.sources.bodies", "_BEFORE"): 200,
    ("transforms.reading.sentences", "_LAST_WORD"): 20,
}
_MATCHING = ("search", "match", "fullmatch")
_SCANNING = ("finditer", "findall", "sub", "split")


def patterns() -> Iterator[tuple[str, str, re.Pattern[Any], frozenset[str]]]:
    """Module, name, pattern and the methods called on it, of every compiled pattern that a module holds."""
    for info in pkgutil.walk_packages(transforms.__path__, "transforms."):
        module = importlib.import_module(info.name)
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                called = frozenset(re.findall(rf"\b{name}\.(\w+)\(", source)) & {*_MATCHING, *_SCANNING}
                yield info.name, name, value, called or frozenset({"search"})
    yield "transforms.reading.victims", "causes", victims._cause_pattern()[0], frozenset({"search"})
    yield "transforms.reading.victims", "weapons", victims._weapon_pattern(), frozenset({"search"})


ALL = [pytest.param(*found, id=f"{found[0].removeprefix('transforms.')}.{found[1]}") for found in patterns()]


def run(pattern: re.Pattern[Any], methods: frozenset[str], text: str) -> float:
    """Seconds that a pattern takes over a text by all methods called on it."""
    words: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    began = time.perf_counter()
    for method in methods:
        if method in _MATCHING:
            getattr(pattern, method)(words)
        else:
            sum(1 for _ in pattern.finditer(words))
    return time.perf_counter() - began


def check(module: str, name: str, pattern: re.Pattern[Any], methods: frozenset[str], bounds: dict[int, float]) -> None:
    for length, bound in bounds.items():
        size = min(length, CUT.get((module, name), length))
        for piece in PIECES:
            for start in ("", "a", "1", "12 May 2018"):
                text = start + (piece * size)[:size] + "\x01"
                taken = run(pattern, methods, text)
                # a busy machine may stop a process for a while: only what is slow twice is slow
                assert taken < bound or run(pattern, methods, text) < bound, f"{taken:.2f} s for {size} characters of {piece!r}"


@pytest.mark.parametrize(("module", "name", "pattern", "methods"), ALL)
def test_no_pattern_backtracks_catastrophically(module: str, name: str, pattern: re.Pattern[Any], methods: frozenset[str]) -> None:
    check(module, name, pattern, methods, QUICK)


@pytest.mark.integration
@pytest.mark.parametrize(("module", "name", "pattern", "methods"), ALL)
def test_no_pattern_takes_the_square_of_the_length(module: str, name: str, pattern: re.Pattern[Any], methods: frozenset[str]) -> None:
    check(module, name, pattern, methods, LONG)


def test_patterns_are_found() -> None:
    names = {(module, name) for module, name, _, _ in patterns()}
    assert len(names) > 40 and set(CUT) <= names
