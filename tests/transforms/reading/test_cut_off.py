"""A text may end anywhere: a feed's teaser, a page that was cut, a file that came half. It is read as far as it goes."""

from __future__ import annotations

import pytest

from tests.transforms.places.tiny import tiny_index
from transforms.reading.document import Article
from transforms.reading.reader import read

TEXTS = (
    "At least one hundred and twenty people were killed in three of the villages held by the rebels in the capital and other "
    "parts of the country, all but two of them children, the mayor said on Sunday 8 March.",
    "Between 20 and 30 people, including two and a half dozen of the police and as many as 1 500 of the residents, were wounded "
    "when a suicide bomber killed himself and a further two, a third of them women, across the eastern districts held by the army.",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_ends_after_any_word_is_read(text: str) -> None:
    words = text.split(" ")
    for end in range(1, len(words)):
        read(Article("a", " ".join(words[:end])), tiny_index())
        read(Article("a", text, title=" ".join(words[:end])), tiny_index())
