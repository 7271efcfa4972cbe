"""Likeness of texts: the words that tell one event from another, with how much each tells.

Victims, streets, villages, suspects, weapons, and days as printed: what two texts share of these speaks for one event
where place and day are not said at all. How rare a word is comes from a table that is part of the linking model, so two
texts are as like each other beside a million others as they are alone. Numbers are no words: tolls must not link. A day
of the month counts as one word with its month (`22 July`), and only so. Two words with capitals in a row (`Rami Shabki`,
`Pope Street`) are a name: what two texts share of names says more than the two words by themselves.

Belongs here: words out of a text, their rarity and their weights. Keep out: what a likeness is worth (`linking_model.toml`).
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from transforms.errors import ContractError
from transforms.identity import hash63
from transforms.lexicon import load
from transforms.reading.numbers import CLASSES

RARITY_FILE = Path(__file__).parent / "linking_rarity.csv"
LONGEST_TEXT = 12_000  # characters: an event is told early, what follows is the next story on the page
MOST_WORDS = 60  # weightiest words of a text that are kept
MOST_NAMES = 60  # names of a text that are kept, the first told
PER = 10_000  # rarity tables count incidents per this many
LEAST_INCIDENTS = 3  # incidents whose texts have a word before it is counted at all
LEAST_SHARE = 20 / PER  # a rarer word is not listed: it is rare
# words; ages, ordinals and house numbers, which name people and streets and count nobody
_WORD = re.compile(r"\b(?:\d{1,3}-year-old|\d{1,3}(?:st|nd|rd|th)|\d{2,5}[ ]block)\b|[^\W\d_][\w'’-]*\w", re.IGNORECASE)
_CAPITAL_OF_MONTH = 3  # letters that tell the months apart
_NAMED = re.compile(r"[^\W\d_][\w'’-]*\w")
_WITHIN_NAME = re.compile(r" (?:[A-Z]\. )?")  # between the two words of a name


@dataclass(frozen=True, slots=True)
class Rarity:
    """How common words and names are: incidents per 10,000 whose texts have one, in the kind of news in which it is most common.

    What is common in any kind of news tells little in it. What is not listed is rare.
    """

    per_10000: Mapping[str, float]

    def weight(self, word: str) -> float:
        """Return how much a word tells (natural logarithm)."""
        return math.log((PER + 1) / (self.per_10000.get(word, 0.0) + 1))


def load_rarity(path: Path = RARITY_FILE) -> Rarity:
    """Read a rarity table (columns word, per_10000). Raises ContractError, naming the line, when it is not one."""
    found: dict[str, float] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                found[row["word"]] = float(row["per_10000"])
            except (KeyError, TypeError, ValueError):
                raise ContractError(f"{path.name}, line {number}: a word and the texts per {PER} that have it are wanted") from None
    return Rarity(found)


def write_rarity(rarity: Rarity, path: Path) -> None:
    """Write a rarity table, most common words first."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["word", "per_10000"])
        writer.writerows((word, round(share, 1)) for word, share in sorted(rarity.per_10000.items(), key=lambda item: (-item[1], item[0])))


def count_rarity(kinds: Iterable[Sequence[Sequence[str]]], base: Rarity | None = None) -> Rarity:
    """Return the rarity table of texts. kinds: for each kind of news its incidents, each with its texts. base: a table to add to.

    Counted are incidents and not texts: the village of an attack of which ten papers wrote is no common word for that.
    """
    shares = dict(base.per_10000) if base else {}
    for incidents in kinds:
        counts: Counter[str] = Counter()
        for texts in incidents:
            counts.update({word for text in texts for word in (*words(text), *names(text))})
        for word, count in counts.items():
            share = PER * (count - 1) / len(incidents)
            if count >= LEAST_INCIDENTS and share >= PER * LEAST_SHARE:
                shares[word] = max(share, shares.get(word, 0.0))
    return Rarity(shares)


def words(text: str) -> Counter[str]:
    """Return the words of a text in lower case, and the days it prints as `22jul`, with how often it has each."""
    text = text[:LONGEST_TEXT]
    found = Counter(_plain(match.group()) for match in _WORD.finditer(text))
    for match in _days().finditer(text):
        found[f"{int(match['before'] or match['after'])}{(match['first'] or match['last'])[:_CAPITAL_OF_MONTH].lower()}"] += 2
    return Counter({word: count for word, count in found.items() if len(word) >= 3 and not _is_number(word)})


def names(text: str) -> list[str]:
    """Return the names of a text in lower case, in the order in which they are told: each two words with capitals in a row, an
    initial between them left out. Words all in capitals are no names (whole texts are printed so), nor are numbers.
    """
    text = text[:LONGEST_TEXT]
    found: dict[str, None] = {}
    first: re.Match[str] | None = None
    for second in _NAMED.finditer(text):
        capital = second.group() != second.group().lower() and not second.group().isupper()
        if capital and first is not None and _WITHIN_NAME.fullmatch(text, first.end(), second.start()):
            pair = _plain(first.group()), _plain(second.group())
            if not any(_is_number(word) for word in pair):
                found[" ".join(pair)] = None
        first = second if capital else None
    return list(found)


def weigh(counts: Mapping[str, int], rarity: Rarity) -> dict[int, float]:
    """Return the weightiest words of a text, as hashes, heaviest first, with weights: the rarer and the more often told, the heavier.

    At most MOST_WORDS. Weights are scaled to length 1 over those kept, so that the sum of products over shared words is
    the cosine of two texts.
    """
    weights = {word: (1 + math.log(count)) * rarity.weight(word) for word, count in counts.items()}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
    length = math.sqrt(sum(weight * weight for _, weight in kept))
    return {hash63("word", word): weight / length for word, weight in kept if length}


def _plain(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").lower()


@lru_cache(maxsize=1)
def _days() -> re.Pattern[str]:
    entries = load("months", frozenset({"month", "month_word", "month_short"}))
    months = "|".join(sorted((entry.term for entry in entries), key=len, reverse=True))
    before = rf"(?P<before>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<first>{months})"
    after = rf"(?P<last>{months})\.? (?P<after>\d{{1,2}})"
    return re.compile(rf"\b(?:{before}|{after})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _number_words() -> frozenset[str]:
    classes = frozenset(["unit", "ten", "scale", "group", "vague", "exact_word"])
    return frozenset(entry.term for entry in load("quantities", CLASSES) if entry.term_class in classes)


def _is_number(word: str) -> bool:
    return set(word.split("-")) <= _number_words()
