"""The people who must be masked, as the working file knows them, and what their masks make of words, places, ids and positions.

Belongs here: whom to mask, and what one value becomes. Keep out: finding names (`transforms/naming`), which columns are masked,
and copying tables (`masked_copy.py`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import duckdb

from transforms.identity import hash63
from transforms.naming.masking import KnownNames, Masks, Mentioned, Span, mask, mentions, name_parts
from warehouse.statements import statement

HELD_BACK = "[withheld]"
# Kinds of sources that speak for an office or body: their names stay.
PUBLIC_KINDS = ("government", "military", "armed_group", "police", "medical", "rescue", "un", "ngo", "monitor", "media", "official")


@dataclass(slots=True)
class ArticleNames:
    """The masks of one article version: of its title and text, and mention -> number for words quoted from it."""

    title: Masks
    text: Masks
    numbers: dict[str, int]

    def side(self, in_title: bool) -> Masks:
        return self.title if in_title else self.text

    def words(self, value: str) -> str:
        """Return words that were taken from the article with its mentions masked."""
        found = [span for name, number in self.numbers.items() if name in value for span in mentions(name, number, value)]
        return Masks(found).apply(value) if found else value


class Names:
    """All people to mask in a working file, with a number for each name in order of first appearance.

    keeps: whether what it makes is a working file again (`redaction.py`), with all that is needed to go on.
    """

    keeps = False

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.numbers: dict[tuple[str, ...], int] = {}
        self.articles: dict[int, ArticleNames] = {}
        sure: dict[str, int] = {}
        printed: dict[str, int] = {}
        rows = [(version, json.loads(people)) for version, people in con.execute(statement("base/people_named")).fetchall()]
        for _, people in rows:
            for person in people:
                name = person["name"]
                if name not in printed:
                    printed[name] = self.numbers.setdefault(name_parts(name) or (name.lower(),), len(self.numbers) + 1)
                if person["kind"] != "source":
                    sure[name] = printed[name]
        self.printed = printed
        self.sure, self.all = KnownNames(sure), KnownNames(printed)
        self.alone = {name: number for name, number in printed.items() if len(name) > 2}
        self.public = {name for (name,) in con.execute(statement("base/public_names"), [list(PUBLIC_KINDS)]).fetchall()}
        self.unread = {int(version) for (version,) in con.execute(statement("base/not_read")).fetchall()}
        self._find_mentions(con, dict(rows))

    def _find_mentions(self, con: duckdb.DuckDBPyConnection, people: Mapping[int, Sequence[dict[str, Any]]]) -> None:
        """Note what is masked in each article: the people its reading found, and full names that any article shows to be a victim's."""
        cursor = con.cursor()
        cursor.execute("SELECT article_version_id, title, text FROM raw.articles")
        while batch := cursor.fetchmany(1000):
            for version, title, text in batch:
                named = people.get(version, ())
                known = self.sure.spans(title or ""), self.sure.spans(text)
                if not (named or any(known)):
                    continue
                numbers = {person["name"]: self.printed[person["name"]] for person in named}
                sides = self._of_people(named)
                names = ArticleNames(_joined(sides[0], known[0]), _joined(sides[1], known[1]), numbers)
                for masks, printed in ((names.title, title or ""), (names.text, text)):
                    for span in masks.spans:
                        numbers.setdefault(printed[span.start : span.end], span.number)
                self.articles[int(version)] = names
        cursor.close()

    def _of_people(self, people: Sequence[dict[str, Any]]) -> tuple[list[Span], list[Span]]:
        """Return where people are named: in the title, and in the text."""
        sides: tuple[list[Span], list[Span]] = ([], [])
        for person in people:
            number = self.printed[person["name"]]
            for in_title, start, end in person["mentions"]:
                sides[0 if in_title else 1].append(Span(start, end, number))
        return sides

    @cached_property
    def _mentioned(self) -> Mentioned:
        return Mentioned({name for names in self.articles.values() for name in names.numbers})

    def touches(self, value: str) -> bool:
        """Whether anybody's name stands in a value: if not, `words` leaves it as it is, whichever article it is from."""
        return bool(self.sure.spans(value) or self.all.spans(value)) or self._mentioned.stand_in(value)

    # What the functions that SQL calls return. Each gets values only, never null.
    def side(self, version: int, in_title: bool, value: str) -> str:
        if version in self.unread:
            return HELD_BACK  # in a language that is not read, names are not found either
        names = self.articles.get(version)
        return names.side(in_title).apply(value) if names else value

    def words(self, version: int, value: str) -> str:
        names = self.articles.get(version)
        return self.all.replaced(names.words(value)) if names else self.sure.replaced(value)

    def place(self, version: int, value: str) -> str:
        return self.sure.replaced(value)

    def moved(self, version: int, in_title: bool, position: int, is_end: bool) -> int:
        names = self.articles.get(version)
        return names.side(in_title).move(position, is_end=is_end) if names else position

    def part(self, version: int, in_title: bool, whole: str, start: int, end: int) -> str:
        names = self.articles.get(version)
        return names.side(in_title).part(whole, start, end) if names else whole[start:end]

    def sentence(self, version: int, in_title: bool, whole: str, start: int, sentence: str) -> str:
        names = self.articles.get(version)
        if names is None:
            return sentence
        at = whole.rfind(sentence, 0, start + len(sentence))
        return names.side(in_title).part(whole, at, at + len(sentence)) if at >= 0 else self.words(version, sentence)

    def anywhere(self, value: str) -> str:
        """For words that belong to no one article: a source's name, a reason."""
        if value in self.public:
            return value
        if value in self.alone:
            return mask(self.alone[value])
        return self.all.replaced(value)

    def reason(self, value: str) -> str:
        """For what people wrote of their decisions."""
        return self.anywhere(value)

    def anywhere_json(self, value: str) -> str:
        """`anywhere` of each text in JSON: there a letter may stand as an escape, in which no name is found."""
        row = json.loads(value)
        masked = {name: self.anywhere(item) if isinstance(item, str) else item for name, item in row.items()}
        return json.dumps(masked, ensure_ascii=False)

    def address(self, value: str) -> str:
        """An address or path that a name stands in loses all but its host."""
        if not self.all.is_in_address(value):
            return value
        try:
            parts = urlsplit(value)
        except ValueError:
            return HELD_BACK
        return f"{parts.scheme}://{parts.netloc}/{HELD_BACK}" if parts.scheme in ("http", "https") and parts.netloc else HELD_BACK

    def key(self, value: str) -> str:
        """An article id that a name stands in becomes a number."""
        return f"article-{hash63('masked id', value)}" if self.all.is_in_address(value) or value in self.alone else value

    def spans(self, version: int, value: str) -> str:
        """`read_spans`: pairs of positions in the text."""
        if version in self.unread:
            return json.dumps([[0, len(HELD_BACK)]])
        return json.dumps(
            [[self.moved(version, False, start, False), self.moved(version, False, end, True)] for start, end in json.loads(value)]
        )

    def row(self, version: int, title: str, text: str, value: str) -> str:
        """`ops.quarantine.row_json`: a figure's row as JSON."""
        row = json.loads(value)
        in_title, start, end = bool(row.get("in_title")), row.get("char_start"), row.get("char_end")
        whole = title if in_title else text
        masked = {name: self.anything(version, item) for name, item in row.items()}
        if isinstance(start, int) and isinstance(end, int):
            masked["char_start"], masked["char_end"] = self.moved(version, in_title, start, False), self.moved(version, in_title, end, True)
            masked["quantity_text"] = self.part(version, in_title, whole, start, end)
            if isinstance(row.get("sentence"), str):
                masked["sentence"] = self.sentence(version, in_title, whole, start, row["sentence"])
        if "article_id" in row:
            masked["article_id"] = self.key(str(row["article_id"]))
        return json.dumps(masked, ensure_ascii=False)

    def held_back(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """A row of `quarantine.list_quarantined`, masked for people's eyes: positions in it are those of the stored text."""
        version = int(row["article_version_id"])
        figure = self.anything(version, json.loads(row["row_json"]))
        title, url = row["title"], row["url"]
        masked = {**row, "row_json": json.dumps(figure, ensure_ascii=False)}
        masked["title"] = title and self.side(version, True, title)
        masked["url"] = url and self.address(url)
        return masked

    def gone(self, version: int) -> bool:
        """Whether a whole article is to go."""
        return False

    def people(self, version: int, value: str) -> str:
        """`ops.readings.people`, with what is no longer there left out and the rest moved."""
        listed = []
        for person in json.loads(value):
            names = self.articles.get(version)
            if names is not None and self.words(version, person["name"]) != person["name"]:
                continue
            mentions = [
                [side, self.moved(version, side, start, False), self.moved(version, side, end, True)]
                for side, start, end in person["mentions"]
            ]
            listed.append({**person, "mentions": mentions})
        return json.dumps(listed, ensure_ascii=False)

    def json(self, version: int, value: str) -> str:
        return json.dumps(self.anything(version, json.loads(value)), ensure_ascii=False)

    def anything(self, version: int, item: Any) -> Any:
        if isinstance(item, str):
            return self.words(version, item)
        if isinstance(item, list):
            return [self.anything(version, inner) for inner in item]
        if isinstance(item, dict):
            return {name: self.anything(version, inner) for name, inner in item.items()}
        return item


_NOBODY = Masks([])


def _joined(of_people: list[Span], known: list[Span]) -> Masks:
    """Return the masks of one side: where its people are named comes first, then known names where there is room."""
    if not (of_people or known):
        return _NOBODY
    masks = Masks(of_people)
    there = {(span.start, span.end) for span in masks.spans} if known else ()
    more = [span for span in known if (span.start, span.end) not in there]
    return Masks([*masks.spans, *more]) if more else masks
