"""What the steps of the reader hand on to each other.

`Article` goes in, `Document` is passed from step to step (each returns a new one with its part filled), `Reading`
comes out. Offsets are characters into the title (`in_title`) or the stored text.

Belongs here: these shapes. Keep out: any rule of reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from transforms.naming.people import Person
from transforms.reading.marks import Marks, Phrase
from transforms.reading.options import DEFAULT_OPTIONS, ReadingOptions


@dataclass(frozen=True, slots=True)
class Article:
    """One article version as the reader gets it.

    read_spans: [start, end) pairs of `text` that are article body; None = decide from the text itself. article_version_id:
    the id that the version landed with; None = made from what is here (the same, unless something was redacted since).
    """

    article_id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published_on: date | None = None
    read_spans: tuple[tuple[int, int], ...] | None = None
    article_version_id: int | None = None


@dataclass(slots=True)
class Sentence:
    """One sentence: its span in the title or text, and (once tokenized) its words with their offsets.

    `words` are as printed, `lowers` the same in lower case, `starts`/`ends` offsets into the same string as `start`.
    `paragraph` counts paragraphs from 0; the title is paragraph -1. `may_tell`: whether outcome words may stand in it.
    """

    index: int
    in_title: bool
    start: int
    end: int
    text: str
    paragraph: int
    may_tell: bool
    words: list[str] = field(default_factory=list)
    lowers: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Figure:
    """One casualty figure. The fields are the columns of `core.figures` of the same names (see the contract)."""

    sentence_index: int
    in_title: bool
    char_start: int
    char_end: int
    quantity_text: str
    outcome: str
    rule: str
    sentence: str = ""
    # token positions in its sentence: the number phrase, the noun phrase of the people, the outcome words
    quantity_tokens: tuple[int, int] = (0, 0)
    victim_tokens: tuple[int, int] = (0, 0)
    outcome_tokens: tuple[int, int] = (0, 0)
    verb_text: str | None = None
    count_stated: int | None = None
    count_min: int | None = None
    count_max: int | None = None
    bound: str = "exact"
    cause_kind: str | None = None
    victim_text: str | None = None
    victim_status: str = "unknown"
    status_basis: str | None = None
    victim_group: str | None = None
    victim_side: str = "unknown"
    demographic: str | None = None
    role: str | None = None
    named_person: bool = False
    relation: str = "total"
    partitive: bool = False  # `two of them`: a share of people named before
    part_of: int | None = None  # index into Document.figures; becomes part_of_figure_id
    supersedes: int | None = None  # index into Document.figures; becomes supersedes_figure_id
    trend: str | None = None
    scope: str = "incident"
    since_text: str | None = None
    event_date_start: date | None = None
    event_date_end: date | None = None
    date_basis: str | None = None
    month_day_start: str | None = None  # MM-DD, where the year is not known
    month_day_end: str | None = None
    weekday: int | None = None  # Monday = 1, where that is all that is known
    place_text: str | None = None
    place_id: int | None = None
    place_name: str | None = None
    place_precision: str | None = None
    place_admin: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    source_text: str | None = None
    source_id: int | None = None
    source_kind: str | None = None
    relayed_by: str | None = None
    stance: str = "asserted"
    blamed_text: str | None = None
    blamed_by: str | None = None
    weapon_text: str | None = None
    flags: list[str] = field(default_factory=list)

    @property
    def verb_words(self) -> frozenset[str]:
        """The words of `verb_text`, in lower case; none where there is no verb."""
        return frozenset((self.verb_text or "").lower().split())


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry. precision: point, town, district, admin1 or country; country: ISO 3166-1 alpha-2."""

    place_id: int
    name: str
    precision: str
    admin1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    population: int
    gazetteer: str
    gazetteer_id: str


class PlaceIndex(Protocol):
    """What the places step needs of a gazetteer."""

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Return the entries that a printed name can mean, most populous first; () when there is none."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A number or outcome word that was considered and left out, with the reason: for `explain`."""

    in_title: bool
    char_start: int
    char_end: int
    why: str


@dataclass(slots=True)
class Document:
    """The state of one reading: the article, its sentences, and the figures found so far."""

    article: Article
    places: PlaceIndex | None = None
    options: ReadingOptions = DEFAULT_OPTIONS
    sentences: list[Sentence] = field(default_factory=list)
    marks: dict[int, Marks] = field(default_factory=dict)  # sentence index -> what was noted of a sentence that passed the gate
    figures: list[Figure] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    resolved: dict[int, Place] = field(default_factory=dict)  # place_id -> entry, for every place a figure resolved to
    dateline_text: str | None = None
    dateline_on: date | None = None
    main_incident: dict[str, Any] = field(default_factory=dict)

    def phrase_of(self, figure: Figure) -> Phrase | None:
        """Return the noun phrase of the people that a figure counts; None where its words are no phrase (`anyone`)."""
        phrases = self.marks[figure.sentence_index].phrases
        return next((p for p in phrases if (p.start, p.end) == figure.victim_tokens), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: its figures as rows (dicts with the columns of `core.figures` the reader knows), the
    places they resolved to, the main incident in the form of `eval/score.py`, what was considered and dropped, and (only
    where `read_many` is asked for them) the people who must be masked in what is published.

    error: where the reader failed on the article, which then has no figures; None where it was read."""

    article_id: str
    article_version_id: int
    figures: tuple[dict[str, Any], ...]
    places: tuple[Place, ...]
    main_incident: dict[str, Any]
    dropped: tuple[Dropped, ...]
    people: tuple[Person, ...] = ()
    error: str | None = None
