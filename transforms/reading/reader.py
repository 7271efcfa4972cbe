"""The reader: an ordered tuple of steps over one article, and the shape of what comes out.

Belongs here: the order of the steps, the gate before them, and turning figures into rows. Keep out: rules of reading.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from transforms.contract import table
from transforms.identity import article_version_id, figure_id
from transforms.lexicon import fingerprint
from transforms.reading.attachment import attachment
from transforms.reading.attribution import attribution
from transforms.reading.bounds import bounds
from transforms.reading.companions import companions
from transforms.reading.dates import dates
from transforms.reading.document import Article, Document, Figure, Place, PlaceIndex, Reading
from transforms.reading.everyday import everyday
from transforms.reading.figurative import figurative
from transforms.reading.left_out import left_out
from transforms.reading.main_incident import main_incident
from transforms.reading.options import DEFAULT_OPTIONS, ReadingOptions
from transforms.reading.outcomes import outcomes
from transforms.reading.people import people
from transforms.reading.places import places
from transforms.reading.quantities import quantities
from transforms.reading.relations import relations
from transforms.reading.sentences import sentences
from transforms.reading.suicide_attackers import suicide_attackers
from transforms.reading.victims import victims
from transforms.reading.visible import Visible, visible
from transforms.reading.wholes import wholes

# Raised by hand with every release of the rules; the lexicons speak for themselves, so that a word that is added is read for.
RULES_VERSION = "2026.11.29"
READER_VERSION = f"{RULES_VERSION}+words.{fingerprint()}"
STEPS: tuple[Callable[[Document], Document], ...] = (
    sentences,
    outcomes,
    quantities,
    people,
    attachment,
    bounds,
    suicide_attackers,
    relations,
    victims,
    figurative,
    everyday,
    dates,
    wholes,
    places,
    companions,
    attribution,
    main_incident,
    left_out,
)
# Set where the figure lands, not by the reader.
LANDING_COLUMNS = frozenset({"origin_id", "valid_from", "valid_to", "run_id", "review"})
_FIELDS = frozenset(f.name for f in fields(Figure))


def _row(figure: Figure, ids: list[int], document: Document, version_id: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in table("core.figures").column_names:
        if name in _FIELDS:
            row[name] = getattr(figure, name)
    row["figure_id"] = ids.pop(0)
    row["article_version_id"] = version_id
    row["article_id"] = document.article.article_id
    row["reader_version"] = READER_VERSION + document.options.version
    return row


def read(article: Article, places: PlaceIndex | None = None, options: ReadingOptions = DEFAULT_OPTIONS) -> Reading:
    """Read one article. options: what a user decided about reading; it shows in `reader_version`.

    Returns its figures as rows with the columns of `core.figures` (those set at landing left out), in order of the
    text, the places they resolved to, the main incident (the form of `eval/score.py`), and what was dropped and why.
    Never raises for any text; works in time linear in its length.
    """
    title, text = visible(article.title or ""), visible(article.text)
    changed = text.text is not article.text or title.text != (article.title or "")
    document = Document(_as_seen(article, title, text) if changed else article, places, options)
    for step in STEPS:
        document = step(document)
    if changed:
        _lead_back(document, article, title, text)
    return _reading(document)


def _as_seen(article: Article, title: Visible, text: Visible) -> Article:
    spans = None if article.read_spans is None else tuple(text.seen(*span) for span in article.read_spans)
    return replace(article, title=article.title and title.text, text=text.text, read_spans=spans)


def _lead_back(document: Document, article: Article, title: Visible, text: Visible) -> None:
    """Turn offsets and quoted words into those of the article as stored."""
    document.article = article
    for figure in document.figures:
        view, stored = (title, article.title or "") if figure.in_title else (text, article.text)
        sentence = document.sentences[figure.sentence_index]
        figure.char_start, figure.char_end = view.stored(figure.char_start, figure.char_end)
        figure.quantity_text = stored[figure.char_start : figure.char_end]
        figure.sentence = stored[slice(*view.stored(sentence.start, sentence.end))]
    for n, note in enumerate(document.dropped):
        start, end = (title if note.in_title else text).stored(note.char_start, note.char_end)
        document.dropped[n] = replace(note, char_start=start, char_end=end)


def version_of(article: Article) -> int:
    """Return the id of the article's version, worked out where the article does not carry it."""
    if article.article_version_id is not None:
        return article.article_version_id
    return article_version_id(article.article_id, article.publisher, article.url, article.title, article.text, article.published_on)


def _reading(document: Document) -> Reading:
    article, version_id = document.article, version_of(document.article)
    ids = [figure_id(version_id, f.in_title, f.char_start, f.char_end, f.outcome) for f in document.figures]
    rows: list[dict[str, Any]] = []
    for figure in document.figures:
        row = _row(figure, [ids[len(rows)]], document, version_id)
        row["part_of_figure_id"] = ids[figure.part_of] if figure.part_of is not None else None
        row["supersedes_figure_id"] = ids[figure.supersedes] if figure.supersedes is not None else None
        rows.append(row)
    return Reading(article.article_id, version_id, tuple(rows), _places(document), document.main_incident, tuple(document.dropped))


def _places(document: Document) -> tuple[Place, ...]:
    """The gazetteer entries that the figures resolved to, each once."""
    return tuple(document.resolved.values())
