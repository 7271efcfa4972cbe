"""A corpus of reprints whose stories are known: real texts, cut, re-headed, truncated, re-wrapped and put inside longer pages.

Made at run time from the evaluation's texts and never kept. Base texts are windows of real articles that share no window of
ten words with each other, so that two of them are two stories.

Belongs here: making the corpus and scoring stories against it. Keep out: finding stories (`warehouse/stories.py`).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from benchmarks.texts import TextSet

# words of a base text, and of what stands around it on a page
SHORTEST, LONGEST = 60, 220
SHARED_WORDS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of texts of one story: those found among the true ones, the true ones among those found."""

    recall: float
    precision: float
    true_pairs: int
    found_pairs: int


def corpus(of: tuple[TextSet, ...], n: int, seed: int = 1) -> Iterator[tuple[int, int, str]]:
    """Yield (number of the text, number of its story, text), `n` of them; story sizes are skewed, from 1 to 40."""
    draw = random.Random(seed)
    bases = _bases(of, draw)
    made = 0
    for story, base in enumerate(bases):
        for copy in range(min(n - made, draw.choices((1, 2, 4, 10, 40), (50, 25, 15, 8, 2))[0])):
            yield made, story, base if copy == 0 else _reprint(base, draw)
            made += 1
        if made == n:
            return


def score(stories: Mapping[int, int], truth: Mapping[int, int]) -> Score:
    """Compare found stories with the true ones, by pairs of texts."""
    both = _pairs([(stories[text], truth[text]) for text in truth])
    found, true = _pairs([stories[text] for text in truth]), _pairs(list(truth.values()))
    return Score(both / true if true else 1.0, both / found if found else 1.0, true, found)


def _pairs(labels: list[object]) -> int:
    sizes: dict[object, int] = defaultdict(int)
    for label in labels:
        sizes[label] += 1
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _bases(of: tuple[TextSet, ...], draw: random.Random) -> Iterator[str]:
    """Yield texts for ever: first windows of real articles, then windows of other shuffled sentences of them."""
    sentences = []
    seen: set[tuple[str, ...]] = set()
    for text_set in of:
        for article in text_set.articles:
            words = article.text.split()
            sentences += [part for part in article.text.replace("\n", " ").split(". ") if 6 <= len(part.split()) <= 60]
            at = 0
            while len(words) - at >= SHORTEST:
                size = draw.randint(SHORTEST, LONGEST)
                window = words[at : at + size]
                at += size
                shared = {tuple(window[k : k + SHARED_WORDS]) for k in range(len(window) - SHARED_WORDS)}
                if len(window) >= SHORTEST and not shared & seen:
                    seen |= shared
                    yield " ".join(window)
    for _ in count():
        yield ". ".join(draw.sample(sentences, draw.randint(5, 10)))


def _reprint(base: str, draw: random.Random) -> str:
    """Return the text as another outlet might print it: one or two of the changes that outlets make."""
    words = base.split()
    for change in draw.sample((_cut_end, _new_head, _new_words, _page), draw.randint(1, 2)):
        words = change(words, draw)
    return _wrapped(words, draw)


def _cut_end(words: list[str], draw: random.Random) -> list[str]:
    return words[: max(40, round(len(words) * draw.uniform(0.75, 0.95)))]


def _new_head(words: list[str], draw: random.Random) -> list[str]:
    return [f"{draw.choice(('By', 'From', 'Via'))} our desk {draw.randrange(9999)}", "-", *words[draw.randint(0, 6) :]]


def _new_words(words: list[str], draw: random.Random) -> list[str]:
    """A copy desk's hand: a few words of the house's style."""
    changed = words.copy()
    for _ in range(max(1, len(words) // 70)):
        changed[draw.randrange(len(changed))] = f"style{draw.randrange(50)}"
    return changed


def _page(words: list[str], draw: random.Random) -> list[str]:
    """The text inside a local page, with paragraphs of its own around it."""
    around = [f"local{draw.randrange(100_000)}" for _ in range(draw.randint(20, 200))]
    at = draw.randrange(len(around))
    return [*around[:at], *words, *around[at:]]


def _wrapped(words: list[str], draw: random.Random) -> str:
    width = draw.randint(6, 14)
    return "\n".join(" ".join(words[at : at + width]) for at in range(0, len(words), width))
