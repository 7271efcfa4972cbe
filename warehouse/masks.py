"""The people who must be masked, as the working file knows them, and the masked copy of every table.

Masking happens while rows are copied: no unmasked row is ever written into the published file. Offsets move with the
masks, so that each number still leads to its words.

Belongs here: which columns are masked, and how. Keep out: finding names (`transforms/naming`), swapping the copy in (`publish.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import duckdb
from duckdb.sqltypes import BOOLEAN, INTEGER, UBIGINT, VARCHAR

from transforms.contract import Column, Table
from transforms.identity import hash63
from transforms.naming.masking import KnownNames, Masks, Span, mask, mentions, name_parts
from warehouse.ddl import quote_identifier
from warehouse.statements import statement

# Columns without words of articles: hashes, ids, codes, names of rules, versions and gazetteers, what the linking model says.
WITHOUT_WORDS = frozenset(
    {
        *("run_id", "reader_version", "bytes_hash", "text_hash", "language", "country", "rule", "gazetteer", "gazetteer_id", "precision"),
        *("model_version", "expectation", "suite", "place_admin", "admin1", "place_name", "place_precision", "count_shown", "fingerprint"),
        *("readmitted_by", "redacted_by", "merged_by", "undone_by", "kind", "comparisons", "reasons"),
    }
)
ADDRESSES = frozenset({"url", "origin"})
PLACES = frozenset({"place_text", "label", "incident", "place"})
REASONS = frozenset({"why", "undone_why", "readmitted_why"})  # what people wrote of their decisions
WORDS_OF_FIGURES = ("quantity_text", "sentence")
HELD_BACK = "[withheld]"
_VALUES = 100_000  # values of which the masked form is kept while tables are copied: sources, words and ids come again and again
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
        for version, people in rows:
            self._add(int(version), people)
        self._add_elsewhere(con)

    def _add(self, version: int, people: Sequence[dict[str, Any]]) -> None:
        sides: tuple[list[Span], list[Span]] = ([], [])
        for person in people:
            number = self.printed[person["name"]]
            for in_title, start, end in person["mentions"]:
                sides[0 if in_title else 1].append(Span(start, end, number))
        self.articles[version] = ArticleNames(Masks(sides[0]), Masks(sides[1]), {p["name"]: self.printed[p["name"]] for p in people})

    def _add_elsewhere(self, con: duckdb.DuckDBPyConnection) -> None:
        """Full names that one article shows to be a victim's are masked in all; and mentions are noted as printed."""
        cursor = con.cursor()
        cursor.execute("SELECT article_version_id, title, text FROM raw.articles")
        while batch := cursor.fetchmany(1000):
            for version, title, text in batch:
                found = self.sure.spans(title or ""), self.sure.spans(text)
                names = self.articles.get(int(version))
                if names is None:
                    if not any(found):
                        continue
                    names = self.articles[int(version)] = ArticleNames(Masks([]), Masks([]), {})
                names.title, names.text = Masks(names.title.spans + found[0]), Masks(names.text.spans + found[1])
                for masks, printed in ((names.title, title or ""), (names.text, text)):
                    for span in masks.spans:
                        names.numbers.setdefault(printed[span.start : span.end], span.number)
        cursor.close()

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


def copy_masked(con: duckdb.DuckDBPyConnection, source: str, target: str, described: Sequence[Table], names: Names | None = None) -> None:
    """Copy the rows of the contract's tables from one attached database to another, masked. source, target: quoted names.

    names: what to mask; None = what must be masked in what is published.
    """
    names = names or Names(con)
    with _functions(con, names):
        for table in described:
            query = select_masked(table, source, keeps=names.keeps)
            con.execute(f"INSERT INTO {target}.{quote_identifier(table.schema, table.name)} {query}")


def select_masked(table: Table, source: str, *, keeps: bool = False) -> str:
    """Return the query for a table's rows, masked, in the order of its columns. keeps: for the working file (see `Names`)."""
    has_version = "article_version_id" in table.column_names
    needs_text = table.full_name in ("core.figures", "ops.quarantine")
    columns = ", ".join(_expression(table, column, has_version, keeps) for column in table.columns)
    joined = f" LEFT JOIN {source}.raw.articles AS a USING (article_version_id)" if needs_text else ""
    rows = f"SELECT {columns} FROM {source}.{quote_identifier(table.schema, table.name)} AS t{joined}"
    return f"{rows} WHERE NOT masked_gone(article_version_id)" if needs_text and keeps else rows


def _expression(table: Table, column: Column, has_version: bool, keeps: bool) -> str:
    """Return the masked expression of a column; most are the column itself."""
    name = f"t.{quote_identifier(column.name)}"
    version = "t.article_version_id" if table.full_name not in ("core.figures", "ops.quarantine") else "article_version_id"
    if column.name == "article_version_id":
        return version
    special = (_kept(table.full_name, column.name, name, version) if keeps else None) or _special(
        table.full_name, column.name, name, version
    )
    if special is not None:
        return special
    if column.name == "article_id":
        return f"masked_key({name})"
    if column.type not in ("VARCHAR", "VARCHAR[]") or column.allowed or column.name in WITHOUT_WORDS:
        return name
    if column.name in ADDRESSES and table.full_name in ("raw.articles", "core.articles", "ops.rejected_inputs"):
        return f"masked_address({name})"
    if column.name in REASONS:
        return f"masked_reason({name})"
    function = f"masked_words({version}, {{}})" if has_version else "masked_anywhere({})"
    if column.name in PLACES:
        function = "masked_place(0::UBIGINT, {})"
    if column.type == "VARCHAR[]":
        return f"list_transform({name}, lambda item: {function.format('item')})"
    return function.format(name)


def _kept(full_name: str, column: str, name: str, version: str) -> str | None:
    """What differs in the working file, where something is redacted for good."""
    rules = {
        ("raw.articles", "text_hash"): f"CASE WHEN masked_side({version}, false, t.text) = t.text THEN {name} "
        f"ELSE sha256(masked_side({version}, false, t.text)) END",
        ("raw.articles", "url"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_address({name}) END",
        ("raw.articles", "byline"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_words({version}, {name}) END",
        ("raw.articles", "origin"): f"CASE WHEN masked_gone({version}) THEN '{HELD_BACK}' ELSE masked_address({name}) END",
        ("core.articles", "url"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_address({name}) END",
        ("ops.readings", "people"): f"CASE WHEN masked_gone({version}) THEN NULL ELSE masked_people({version}, {name}) END",
        ("ops.redactions", "fingerprint"): name,
    }
    return rules.get((full_name, column))


def _special(full_name: str, column: str, name: str, version: str) -> str | None:
    """The columns with a rule of their own: texts, positions in them, quotes, JSON."""
    whole = "CASE WHEN t.in_title THEN a.title ELSE a.text END"
    rules = {
        ("raw.articles", "title"): f"masked_side({version}, true, {name})",
        ("raw.articles", "text"): f"masked_side({version}, false, {name})",
        ("raw.articles", "read_spans"): f"masked_spans({version}, {name})",
        ("core.articles", "title"): f"masked_side({version}, true, {name})",
        ("core.figures", "char_start"): f"masked_position({version}, t.in_title, {name}, false)",
        ("core.figures", "char_end"): f"masked_position({version}, t.in_title, {name}, true)",
        ("core.figures", "quantity_text"): f"coalesce(masked_part({version}, t.in_title, {whole}, t.char_start, t.char_end), {name})",
        ("core.figures", "sentence"): f"coalesce(masked_sentence({version}, t.in_title, {whole}, t.char_start, {name}), {name})",
        (
            "ops.quarantine",
            "row_json",
        ): f"coalesce(masked_row({version}, coalesce(a.title, ''), a.text, {name}), masked_json({version}, {name}))",
        ("ops.readings", "main_incident"): f"masked_json({version}, {name})",
        ("ops.readings", "people"): "NULL",
        ("ops.corrections", "new_values"): f"masked_anywhere_json({name})",
        ("ops.corrections", "machine_values"): f"masked_anywhere_json({name})",
        ("ops.redactions", "fingerprint"): f"'{HELD_BACK}'",
    }
    return rules.get((full_name, column))


@contextmanager
def _functions(con: duckdb.DuckDBPyConnection, names: Names) -> Iterator[None]:
    """The masking functions, known to SQL while the block runs."""
    keeping = lru_cache(_VALUES)
    known: list[tuple[str, Callable[..., Any], list[Any], Any]] = [
        ("masked_side", names.side, [UBIGINT, BOOLEAN, VARCHAR], VARCHAR),
        ("masked_words", names.words, [UBIGINT, VARCHAR], VARCHAR),
        ("masked_place", keeping(names.place), [UBIGINT, VARCHAR], VARCHAR),
        ("masked_position", names.moved, [UBIGINT, BOOLEAN, INTEGER, BOOLEAN], INTEGER),
        ("masked_part", names.part, [UBIGINT, BOOLEAN, VARCHAR, INTEGER, INTEGER], VARCHAR),
        ("masked_sentence", names.sentence, [UBIGINT, BOOLEAN, VARCHAR, INTEGER, VARCHAR], VARCHAR),
        ("masked_anywhere", keeping(names.anywhere), [VARCHAR], VARCHAR),
        ("masked_reason", names.reason, [VARCHAR], VARCHAR),
        ("masked_anywhere_json", names.anywhere_json, [VARCHAR], VARCHAR),
        ("masked_address", keeping(names.address), [VARCHAR], VARCHAR),
        ("masked_key", keeping(names.key), [VARCHAR], VARCHAR),
        ("masked_spans", names.spans, [UBIGINT, VARCHAR], VARCHAR),
        ("masked_row", names.row, [UBIGINT, VARCHAR, VARCHAR, VARCHAR], VARCHAR),
        ("masked_gone", names.gone, [UBIGINT], BOOLEAN),
        ("masked_people", names.people, [UBIGINT, VARCHAR], VARCHAR),
        ("masked_json", names.json, [UBIGINT, VARCHAR], VARCHAR),
    ]
    for name, function, given, returned in known:
        con.create_function(name, function, given, returned)
    try:
        yield
    finally:
        for name, *_ in known:
            con.remove_function(name)
