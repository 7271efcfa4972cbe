"""Article texts in the reader and in the search for names, short ones of odd pieces and long ones of one piece again and again."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from tests.fuzz.fuzzing import Parser
from tests.fuzz.pieces import DAYS, WORDS, pieced
from transforms.naming import find_people
from transforms.naming.masking import KnownNames, Masks, Span
from transforms.reading.document import Article
from transforms.reading.named import named_people
from transforms.reading.reader import read
from transforms.reading.visible import visible

_JOINS = (" and ", ", ", " including ", " (", ") ", ". ", " – ", " said ", "\n", " of whom ", " in Homs", " on Monday", "’s ", '"', " who ")
_LONG = 4_000  # signs: what grows with the square of them shows, what grows with them takes a second


def texts(text: str) -> None:
    """What is read stands where it says."""
    seen = visible(text)
    assert len(seen.text) <= len(text)
    article = Article("a", text, title=text[:50], published_on=date(2020, 2, 29))
    reading = read(article)
    for figure in reading.figures:
        whole = (article.title or "") if figure["in_title"] else text
        assert whole[figure["char_start"] : figure["char_end"]] == figure["quantity_text"]
    for person in named_people(article, reading.figures):
        for mention in person.mentions:
            assert 0 <= mention.char_start < mention.char_end <= len(text)


def long_texts(piece: list[str]) -> None:
    """The same, of a text in which one piece stands until it is long."""
    once = "".join(piece) or "x"
    texts((once * (_LONG // len(once) + 1))[:_LONG])


def names(text: str, other: str) -> None:
    """Masks keep the order of what stands beside them."""
    spans = [Span(m.char_start, m.char_end, n) for n, p in enumerate(find_people(None, text), 1) for m in p.mentions]
    masks = Masks(spans)
    masked = masks.apply(text)
    for position in range(0, len(text) + 1, 7):
        assert 0 <= masks.move(position) <= masks.move(position, is_end=True) <= len(masked)
    known = KnownNames({other: 1, "Ann Doe": 2})
    known.replaced(text)
    known.is_in_address(text)


_PIECED = pieced((*WORDS, *DAYS, *_JOINS), 30)
PARSERS = {
    "texts": Parser(
        texts, (_PIECED | st.text(max_size=200),), [("\ud800",), ("I'" * 50,), ("al-0(\xb9",), ("Ann Doe (" + "9" * 5000 + ")",)]
    ),
    "long texts": Parser(long_texts, (st.lists(st.sampled_from((*WORDS, *_JOINS)) | st.text(min_size=1, max_size=3), max_size=5),)),
    "names": Parser(names, (_PIECED, _PIECED)),
}
