"""Who is named in an article and must be masked: `transforms/naming` on the text as it is seen, led back to the stored one.

Belongs here: the way from what is seen to what is stored. Keep out: finding names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from transforms.naming import Person, find_people
from transforms.reading.document import Article
from transforms.reading.visible import visible


def named_people(article: Article, figures: Sequence[Mapping[str, Any]]) -> tuple[Person, ...]:
    """Return the people to mask, with their mentions in the stored title and text.

    figures: the article's rows of `core.figures`. Characters that are not seen split no name.
    """
    title, text = visible(article.title or ""), visible(article.text)
    seen = []
    for figure in figures:
        start, end = (title if figure["in_title"] else text).seen(figure["char_start"], figure["char_end"])
        seen.append({**figure, "char_start": start, "char_end": end})
    people = find_people(title.text, text.text, seen)
    for person in people:
        for n, mention in enumerate(person.mentions):
            start, end = (title if mention.in_title else text).stored(mention.char_start, mention.char_end)
            person.mentions[n] = replace(mention, char_start=start, char_end=end)
    return people
