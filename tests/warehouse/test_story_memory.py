"""What the search for stories remembers: the stories are those of a search among all texts, whatever came, changed or went between."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from random import Random

import pytest

from warehouse import story_memory
from warehouse.stories import find_stories, learn, stories

# hundreds of searches: too slow for the unit tests
pytestmark = pytest.mark.integration

_WORDS = [f"word{number}" for number in range(4000)]


def _text(random: Random) -> str:
    return " ".join(random.choices(_WORDS, k=random.randrange(40, 200)))


def _texts(seed: int) -> dict[int, str]:
    """Originals, reprints with another head, digests of two, equal texts, texts of few words and of none; the ids in no order."""
    random = Random(seed)
    originals = [_text(random) for _ in range(12)]
    made = [*originals, *originals[:3], "", " - ", "Two dead in Tarba", "two dead in tarba."]
    made += [f"Another head of six words: {text}" for text in originals[:6]]
    made += [f"{random.choice(originals)} {random.choice(originals)} {_text(random)}" for _ in range(6)]
    return dict(zip(random.sample(range(1, 10_000), len(made)), made, strict=True))


class Search:
    """A search for stories that goes on from a file, and counts the texts it asked for."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.asked: list[int] = []

    def __call__(self, texts: dict[int, str]) -> dict[int, int]:
        def bodies(versions: Collection[int]) -> Iterator[tuple[int, str]]:
            self.asked += versions
            yield from ((version, texts[version]) for version in versions)

        known = learn(story_memory.recall(self.file), {version: hash(text) % 2**64 for version, text in texts.items()}, bodies)
        story_memory.keep(known, self.file)
        return stories(known)


@pytest.fixture
def search(tmp_path: Path) -> Search:
    return Search(tmp_path / "stories.npz")


@pytest.mark.parametrize("seed", range(5))
def test_new_changed_and_gone_texts_end_in_the_stories_of_a_full_search(search: Search, seed: int) -> None:
    random, texts = Random(seed), _texts(seed)
    for _ in range(6):
        some = dict(random.sample(sorted(texts.items()), random.randrange(len(texts) + 1)))
        changed = random.sample(sorted(some), min(3, len(some)))
        some |= {version: f"{texts[random.choice(list(texts))]} and more" for version in changed}
        assert search(some) == find_stories(some.items())


def test_only_new_and_changed_texts_are_asked_for(search: Search) -> None:
    texts = _texts(1)
    one, other, *rest = sorted(texts)
    search({version: texts[version] for version in (one, *rest)})
    search.asked.clear()
    search(texts | {one: "another text"})
    assert sorted(search.asked) == [one, other]


def test_a_new_text_that_equals_an_old_one_may_name_the_story(search: Search) -> None:
    """Pairs are remembered by contents: the old text's pairs hold for whatever version stands for it now."""
    text = _text(Random(3))
    assert search({5: text, 9: f"Another head of six words: {text}"}) == {5: 5, 9: 5}
    assert search({2: text, 5: text, 9: f"Another head of six words: {text}"}) == {2: 2, 5: 2, 9: 2}
    assert search({9: f"Another head of six words: {text}"}) == {9: 9}


def test_a_memory_that_is_damaged_anywhere_is_begun_anew(search: Search, caplog: pytest.LogCaptureFixture) -> None:
    texts = _texts(2)
    right = search(texts)
    whole = search.file.read_bytes()
    random = Random(5)
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:-1]):
        search.file.write_bytes(damaged)
        assert search(texts) == right
    assert "begun anew" in caplog.text
    for _ in range(20):
        place = random.randrange(len(whole))
        search.file.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << random.randrange(8))]) + whole[place + 1 :])
        assert search(texts) == right


def test_what_other_code_worked_out_is_worth_nothing(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = _texts(4)
    search(texts)
    search.asked.clear()
    monkeypatch.setattr(story_memory, "_maker", lambda: b"other code")
    search(texts)
    assert sorted(search.asked) == sorted(texts)


def test_a_write_that_was_killed_leaves_what_was_there(search: Search) -> None:
    texts = _texts(6)
    search(texts)
    search.file.with_name(search.file.name + ".tmp").write_bytes(b"half")
    search.asked.clear()
    search(texts)
    assert not search.asked
    assert not search.file.with_name(search.file.name + ".tmp").exists()


def test_nobody_else_may_read_it(search: Search) -> None:
    search(_texts(7))
    assert search.file.stat().st_mode & 0o077 == 0
