"""Which phrase says where a figure's event was.

In the figure's own sentence: the phrase that is introduced as a place, is specific, and stands near the figure. A wide
phrase (a headline's `in Syria`) is replaced by the specific one of the same event elsewhere in the article. Without any, a
figure keeps the place of the sentence before it; a running toll has at most a country.

Belongs here: choosing phrases. Keep out: finding them (`phrases`) and what they mean (`resolve`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from transforms.places.names import keys
from transforms.places.phrases import LOCAL, NAMED, OF, Phrase
from transforms.places.resolve import Resolved
from transforms.places.words import words
from transforms.reading.document import Figure, Sentence

_SPECIFICITY = {"country": 0.0, "admin1": 1.0, "district": 1.6, "town": 2.0, "point": 2.2}
_UNKNOWN_SPECIFICITY, _INSIDE = 1.8, 0.1
_PER_SPECIFICITY, _PER_TOKEN, _PER_CLAUSE, _BEFORE, _MAX_DISTANCE = 0.35, 0.035, 0.5, 0.25, 40
_MIN_SCORE = 0.4
_CLEARLY_NARROWER = 0.3
# What a phrase without a name (`a town on the border`) is worth less as the place of a whole article.
_VAGUE_COSTS = 1.0
# How far back an unplaced figure looks for the place of what is being told.
_LOOK_BACK = 6


@dataclass(frozen=True, slots=True)
class Located:
    """A phrase with what it resolved to."""

    phrase: Phrase
    resolved: Resolved

    @property
    def specificity(self) -> float:
        """Return how narrow the place is: 0 for a country to about 2.5 for a site."""
        place = self.resolved.place
        first = self.phrase.units[0]
        value = _UNKNOWN_SPECIFICITY if place is None else _SPECIFICITY[place.precision]
        if not self.resolved.exact and place is not None:
            # narrower than what contains it
            value = max(value + _INSIDE, _UNKNOWN_SPECIFICITY)
        return value + (0.3 if first.hint == "site" else 0.0)


def figure_tokens(figure: Figure, sentence: Sentence) -> tuple[int, int]:
    """Return the tokens [start, end) of a figure's number phrase, from its characters."""
    inside = [at for at, end in enumerate(sentence.ends) if end > figure.char_start and sentence.starts[at] < figure.char_end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _opens_clause(lowers: Sequence[str], at: int, placed: bool) -> bool:
    """Return whether a word opens another clause.

    `and` before a participle goes on with the same place (`killed two and wounded six in X`), unless one is said already
    (placed: `killed two in X and wounded six in Y`).
    """
    following = lowers[at + 1] if at + 1 < len(lowers) else ""
    goes_on = lowers[at] == "and" and following.endswith(("ed", "ing")) and not placed
    return lowers[at] in words().clauses and not goes_on


def _score(located: Located, tokens: tuple[int, int], sentence: Sentence, starts: Sequence[int]) -> float:
    """Return the points of a phrase for a figure. starts: where the phrases of the sentence begin."""
    phrase = located.phrase
    after = phrase.start >= tokens[1]
    between = (tokens[1], phrase.start) if after else (phrase.end, tokens[0])
    distance = max(0, between[1] - between[0])
    clauses = 0
    if between[1] > between[0]:
        clauses = sum(_opens_clause(sentence.lowers, at, any(between[0] <= start < at for start in starts)) for at in range(*between))
    points = phrase.weight + _PER_SPECIFICITY * located.specificity
    return points - _PER_TOKEN * min(distance, _MAX_DISTANCE) - _PER_CLAUSE * min(clauses, 2) - (0.0 if after else _BEFORE)


def own_phrase(figure: Figure, sentence: Sentence, found: Sequence[Located]) -> Located | None:
    """Return the phrase of the figure's own sentence that says where its event was, or None."""
    tokens = figure_tokens(figure, sentence)
    starts = [located.phrase.start for located in found]
    scored = [(_score(located, tokens, sentence, starts), -located.phrase.start, located) for located in found]
    least = LOCAL if figure.in_title else OF
    good = [item for item in scored if item[0] >= _MIN_SCORE and item[2].phrase.weight >= least]
    return max(good, key=lambda item: item[:2])[2] if good else None


def _compatible(wide: Located | None, narrow: Located) -> bool:
    """Return whether the narrow phrase can be the place of an event that the wide one names."""
    if wide is None:
        return True
    a, b = wide.resolved, narrow.resolved
    if a.country and b.country and a.country != b.country:
        return False
    if a.place is not None and a.place.precision == "country":
        return True
    return not (a.admin1 and b.admin1) or a.admin1 == b.admin1


# Bounds that one telling of a toll has and another leaves out (`at least 42`, and `42` in the headline), and from which number on two
# figures that differ in no more are one toll.
_PLAIN_BOUNDS, _TELLING_NUMBER = frozenset({"exact", "at_least", "about"}), 3


def _same_toll(first: Figure, second: Figure) -> bool:
    """Return whether two figures state one toll. A bound may be missing (`42` for `at least 42`)."""
    if first.outcome != second.outcome:
        return False
    if (first.count_min, first.count_max) == (second.count_min, second.count_max):
        return True
    plain = first.bound in _PLAIN_BOUNDS and second.bound in _PLAIN_BOUNDS
    return plain and first.count_stated == second.count_stated is not None and (second.count_stated or 0) >= _TELLING_NUMBER


# How many sentences after a wide place (`in Syria`, `a village in Idlib`) may name the narrow one.
_LOOK_AHEAD = 3


def _kind_word(located: Located) -> str:
    """Return what an unnamed first unit is (`a village in Idlib`: village), "" when the phrase begins with a name."""
    first = located.phrase.units[0]
    return located.phrase.text.split()[first.end - first.start - 1].lower() if not first.name and first.hint else ""


def _is_wide(located: Located) -> bool:
    kind = _kind_word(located)
    return located.specificity <= _SPECIFICITY["admin1"] or kind in words().vague


def _may_be_area(located: Located) -> bool:
    """Return whether a bare name may mean the province as well as its capital (`strikes in Idlib kill nine`)."""
    place, units = located.resolved.place, located.phrase.units
    if place is None or place.precision != "town" or any(unit.hint for unit in units):
        return False
    return bool(place.admin1) and keys(place.name)[-1:] == keys(place.admin1 or "")[-1:]


def _is_elsewhere_in_area(area: Located, located: Located) -> bool:
    """Return whether the phrase says what it is and is of the same first-level area, but not the capital itself."""
    place, first = located.resolved.place, next(unit for unit in located.phrase.units if unit.name)
    same = bool(area.resolved.admin1) and area.resolved.admin1 == located.resolved.admin1
    capital = place is not None and area.resolved.place is not None and place.place_id == area.resolved.place.place_id
    return same and not (capital and located.resolved.exact) and first.hint in ("town", "district", "site")


class Telling:
    """The phrases and figures of one article in the order in which it tells them."""

    def __init__(
        self,
        figures: Sequence[Figure],
        own: list[Located | None],
        by_sentence: dict[int, list[Located]],
        body_start: int,
        furniture: frozenset[int] = frozenset(),
    ) -> None:
        """furniture: the sentences that are labels of the page, which looking ahead passes over."""
        self.furniture = furniture
        self.figures, self.own, self.by_sentence, self.body_start = figures, own, by_sentence, body_start
        self.in_sentence: dict[int, list[int]] = {}
        for number, figure in enumerate(figures):
            self.in_sentence.setdefault(figure.sentence_index, []).append(number)

    def refined(self, number: int) -> Located | None:
        """Return a narrower place for a figure whose own phrase is wide, else its own phrase.

        A named place of the same kind (`Tabqa airbase` for `an airbase in Raqqa province`) is that place wherever it stands;
        else the sentences that follow say where, as long as they tell of no other toll.
        """
        choice, figure = self.own[number], self.figures[number]
        if choice is None:
            return None
        kind = _kind_word(choice)
        if kind and kind not in ("area", "areas"):
            for located in (item for items in self.by_sentence.values() for item in items):
                named = located.phrase.units[0].name and kind in located.phrase.text.lower().split()
                if named and located.phrase.weight >= OF and _compatible(choice, located):
                    return located
        headline = figure.in_title or figure.sentence_index <= self.body_start + 1
        if not _is_wide(choice) and not (headline and _may_be_area(choice)):
            return choice
        if figure.in_title:
            told = self._told_in_body(figure, choice)
            if told is not None:
                return told
        here = self.body_start - 1 if figure.in_title else figure.sentence_index
        ahead = (index for index in range(here + 1, here + 1 + 2 * _LOOK_AHEAD) if index not in self.furniture)
        for index in islice(ahead, _LOOK_AHEAD):
            if self._tells_another(index, figure):
                break
            for located in self.by_sentence.get(index, ()):
                narrow = located.phrase.weight >= NAMED and not _is_wide(located) and _compatible(choice, located)
                if narrow and (_is_wide(choice) or _is_elsewhere_in_area(choice, located)):
                    return located
        return choice

    def _told_in_body(self, headline: Figure, wide: Located) -> Located | None:
        """Return the narrow place at which the body tells the toll of a headline first, or None."""
        for other, figure in enumerate(self.figures):
            if figure.in_title or not _same_toll(headline, figure):
                continue
            told = self.refined(other)
            return told if told is not None and not _is_wide(told) and _compatible(wide, told) else None
        return None

    def _tells_another(self, index: int, figure: Figure) -> bool:
        return any(self.own[other] is not None and not _same_toll(figure, self.figures[other]) for other in self.in_sentence.get(index, ()))

    @staticmethod
    def _says_more(figure: Figure, mine: Located, other: Figure, located: Located) -> bool:
        """Return whether another phrase is clearly narrower, or is the body's fuller wording of a headline's place."""
        fuller = figure.in_title and not other.in_title and len(located.phrase.names) > len(mine.phrase.names)
        return located.specificity > mine.specificity + (0.0 if fuller else _CLEARLY_NARROWER) - (0.01 if fuller else 0.0)

    def restated(self, number: int) -> Located | None:
        """Return the more specific place at which the article states the same toll elsewhere, or None."""
        figure, mine = self.figures[number], self.own[number]
        if not figure.in_title and (figure.count_max or _TELLING_NUMBER) < _TELLING_NUMBER:
            # one killed here and one killed there are two people
            return None
        best = None
        for other, located in enumerate(self.own):
            if other == number or located is None or not _same_toll(figure, self.figures[other]) or not _compatible(mine, located):
                continue
            if mine is not None and not self._says_more(figure, mine, self.figures[other], located):
                continue
            if best is None or located.specificity > best.specificity:
                best = located
        return best


def main_phrase(order: Sequence[Located], least: float = NAMED, with_point: bool = False) -> Located | None:
    """Return the phrase that best says where the article's main event was: early, well introduced and specific.

    least: the weight below which a phrase is not considered. with_point: consider only those that resolved to a point.
    """
    best, best_points = None, 0.0
    for position, located in enumerate(order):
        if located.phrase.weight < least or (with_point and located.resolved.point is None):
            continue
        points = located.phrase.weight + 0.6 * located.specificity - 0.25 * located.phrase.sentence_index - 0.02 * position
        points -= _VAGUE_COSTS if _kind_word(located) in words().vague else 0.0
        if best is None or points > best_points:
            best, best_points = located, points
    return best


def before(
    figure: Figure, by_sentence: dict[int, list[Located]], settled: dict[int, Located], sentences: Sequence[Sentence]
) -> Located | None:
    """Return the place of what was told just before a figure: of the last figures, else the last well introduced phrase."""
    here = figure.sentence_index
    for index in range(here - 1, max(-1, here - 1 - _LOOK_BACK), -1):
        if sentences[index].in_title != figure.in_title:
            return None
        good = [located for located in by_sentence.get(index, ()) if located.phrase.weight > OF and located.specificity > 0.5]
        if index in settled and (not good or settled[index].phrase.sentence_index == index):
            return settled[index]
        if good:
            return max(good, key=lambda located: (located.phrase.weight, located.specificity, -located.phrase.start))
    return None
