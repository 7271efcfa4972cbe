"""Step: where each figure's event was.

Fills `place_text` (as printed) and, with a gazetteer, the place it means, its precision, first-level area, country and point.
The phrases are found by `transforms.places.phrases`, chosen by `choice` and resolved by `resolve`; without a gazetteer the
text alone is filled.

Belongs here: running those over a document, and the place of the main incident. Keep out: their rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from transforms.places.choice import Located, Telling, before, main_phrase, own_phrase
from transforms.places.names import keys
from transforms.places.phrases import BARE, LOCAL, NAMED, Phrase, find_phrases
from transforms.places.resolve import NOWHERE, Context, Resolved, resolve
from transforms.places.setting import setting
from transforms.places.units import Unit
from transforms.places.unnamed import find_unnamed
from transforms.places.words import words
from transforms.reading.document import Document, Figure, Sentence
from transforms.reading.sentences import is_note
from transforms.reading.tokens import tokenize

# Sentences that are looked at for phrases besides those with figures: where an article plays is said early.
_LEAD_SENTENCES, _LEAD_WITHOUT_FIGURES = 10, 5
PLACE_KEYS = ("place_name", "country", "lat", "lon")
# How many sentences behind an incident's wide place its narrow one may still be told.
_MAIN_REACH = 6
_LABEL_WORDS = 4
_MAX_SENTENCES = 80


def _wanted_sentences(document: Document) -> list[int]:
    """Return the sentences to read: the lead, those with figures and those just before them."""
    lead = _LEAD_SENTENCES if document.figures else _LEAD_WITHOUT_FIGURES
    wanted = set(range(min(lead, len(document.sentences))))
    for figure in document.figures:
        wanted.update(range(max(0, figure.sentence_index - 3), figure.sentence_index + 1))
    return sorted(wanted)[:_MAX_SENTENCES]


def _phrases(document: Document, indexes: Sequence[int]) -> list[Phrase]:
    table = words()
    found: list[Phrase] = []
    for index in indexes:
        found += find_phrases(tokenize(document.sentences[index]), document.places, table)
    return found


def _located(document: Document, phrases: list[Phrase]) -> tuple[list[Located], Context]:
    """Resolve the phrases: well introduced ones first, so that their points help with the others."""
    if document.places is None:
        return [Located(phrase, NOWHERE) for phrase in phrases], Context()
    title = document.article.title or ""
    context = setting(f"{title}\n{document.article.text}", phrases, document.places, words())
    found: dict[int, Located] = {}
    introduced: dict[str, Resolved] = {}
    for number in sorted(range(len(phrases)), key=lambda number: (-len(phrases[number].names), number)):
        names = phrases[number].names
        name = next(iter(keys(names[0])[-1:]), "") if names else ""
        # a name that the article introduces with what contains it means the same place wherever it stands alone
        known = introduced.get(name) if len(names) == 1 else None
        resolved = known or resolve(phrases[number], document.places, context)
        place = resolved.place
        if place is not None and place.precision != "country" and len(names) > 1:
            introduced.setdefault(name, resolved)
            if resolved.point and resolved.exact:
                context.points.append(resolved.point)
        found[number] = Located(phrases[number], resolved)
    located = _labelled(document, [found[number] for number in range(len(phrases))])
    return [item for item in located if item.resolved is not NOWHERE or not _is_doubtful(document, item)], context


def _labelled(document: Document, located: list[Located]) -> list[Located]:
    """`Aleppo province: shells fell on Jalbal village`: what no gazetteer has lies in the area by which its paragraph is labelled."""
    result: list[Located] = []
    label: Located | None = None
    for item in located:
        sentence = document.sentences[item.phrase.sentence_index]
        place = item.resolved.place
        if label is not None and document.sentences[label.phrase.sentence_index].paragraph != sentence.paragraph:
            label = None
        if item.phrase.start <= 1 and sentence.words[item.phrase.end : item.phrase.end + 1] == [":"] and place is not None:
            label = item
        elif label is not None and place is None and label.resolved.place is not None:
            item = replace(item, resolved=replace(label.resolved, exact=False))
        result.append(item)
    return result


def _is_doubtful(document: Document, located: Located) -> bool:
    """In a text in capitals only what the gazetteer has, or what says its kind, is a place."""
    return not any(unit.hint for unit in located.phrase.units) and document.sentences[located.phrase.sentence_index].text.isupper()


def _fill(document: Document, figure: Figure, located: Located | None, country: str | None) -> None:
    if located is not None:
        figure.place_text = located.phrase.text
        place = located.resolved.place
        figure.place_admin, figure.country = located.resolved.admin1, located.resolved.country
        if place is not None:
            figure.place_id, figure.place_name, figure.place_precision = place.place_id, place.name, place.precision
            figure.lat, figure.lon = located.resolved.point or (None, None)
            document.resolved[place.place_id] = place
    if figure.country is None:
        figure.country = country


def _told_before(sentence: Sentence, place: Located | None) -> Located | None:
    """The place of a running toll that points back: `since the start of the operation there`, `in the ISIS-held pocket`.

    An area without a name keeps its text and gets the area that holds the place which was told of just before.
    """
    table, lowers = words(), sentence.lowers
    if place is None:
        return None
    area = next((i for i, word in enumerate(lowers) if word in table.points_back_to_area), None)
    if area is None:
        return place if not table.points_back.isdisjoint(lowers) else None
    first = next((i for i in range(area - 1, max(-1, area - 4), -1) if lowers[i] in table.determiners), area - 1) + 1
    text = sentence.text[sentence.starts[first] - sentence.start : sentence.ends[area] - sentence.start]
    resolved = Resolved(None, place.resolved.admin1, place.resolved.country, exact=False)
    return Located(replace(place.phrase, text=text), resolved)


def _without_name(sentence: Sentence, told: Located | None, country: str | None) -> Located | None:
    """The place that a sentence gives without a name (`in the capital`), or None. told: the place of what was told before.

    It has no point and no first-level area, unless it is a part of what was told of: which town the words mean is not said.
    """
    found = find_unnamed(sentence, words())
    if found is None:
        return None
    chars = sentence.starts[found.start], sentence.ends[found.end - 1]
    text = sentence.text[chars[0] - sentence.start : chars[1] - sentence.start]
    unit = Unit(found.start, found.end, "", "district" if found.local else "around")
    resolved = Resolved(None, None, told.resolved.country if told else country, exact=False)
    if found.local and told:
        resolved = replace(resolved, admin1=told.resolved.admin1)
    return Located(Phrase(sentence.index, found.start, found.end, *chars, text, (unit,), NAMED), resolved)


def _is_nationwide(sentence: Sentence) -> bool:
    """Return whether a sentence tells of what went on in the whole country (`a general strike`)."""
    text = f" {' '.join(sentence.lowers)} "
    return any(f" {phrase} " in text for phrase in words().nationwide)


def _is_furniture(sentence: Sentence) -> bool:
    """Return whether a line is a label of the page (`News`, `Date:`), not a sentence: it moves nothing further apart."""
    return len(sentence.text.split()) <= _LABEL_WORDS and sentence.text.rstrip()[-1:] not in ".!?"


def _home(located: list[Located], country: str | None) -> Located | None:
    """The name of the article's country as the text first prints it: a running toll without a place is of the country."""
    named = (item for item in located if item.resolved.place is not None and item.resolved.place.precision == "country")
    named = (item for item in named if item.phrase.weight >= BARE)
    return next((item for item in named if item.resolved.country == country and len(item.phrase.units) == 1), None)


def _choose(document: Document, located: list[Located], country: str | None) -> list[Located | None]:
    """Return the phrase for each figure: its own, that of the same toll elsewhere, what was told before, the article's main one.

    country: the article's country (alpha-2); running tolls without a place get the phrase that names it.
    """
    home = _home(located, country)
    by_sentence: dict[int, list[Located]] = {}
    for item in located:
        by_sentence.setdefault(item.phrase.sentence_index, []).append(item)
    figures, sentences = document.figures, document.sentences
    body_start = next((sentence.index for sentence in sentences if not sentence.in_title), 0)
    own = [own_phrase(figure, sentences[figure.sentence_index], by_sentence.get(figure.sentence_index, ())) for figure in figures]
    furniture = frozenset(sentence.index for sentence in sentences if _is_furniture(sentence))
    telling = Telling(figures, own, by_sentence, body_start, furniture)
    incident = [number for number, figure in enumerate(figures) if figure.scope == "incident"]
    refined = [telling.refined(number) if number in incident else own[number] for number in range(len(figures))]
    telling.own = refined
    body = [item for item in located if not sentences[item.phrase.sentence_index].in_title]
    main = main_phrase(body) or main_phrase(located) or main_phrase(located, LOCAL)
    chosen: list[Located | None] = []
    settled: dict[int, Located] = {}
    for number, figure in enumerate(figures):
        sentence, choice = sentences[figure.sentence_index], refined[number]
        if figure.scope == "incident":
            choice = telling.restated(number) or choice
        told = before(figure, by_sentence, settled, sentences) if choice is None else None
        unnamed = _without_name(sentence, told or main, country) if choice is None else None
        if figure.scope != "incident":
            choice = choice or unnamed or _told_before(sentence, told) or home
        elif unnamed is None:
            choice = choice or told or (home if _is_nationwide(sentence) else main)
            if choice is not None:
                settled[figure.sentence_index] = choice
        chosen.append(choice or unnamed)
    return chosen


def _is_dateline(document: Document, item: Located) -> bool:
    """Return whether a name opens a sentence as a dateline does (`Damascus, SANA -`): where it was written."""
    sentence = document.sentences[item.phrase.sentence_index]
    return (
        item.phrase.start == 0
        and item.phrase.weight <= LOCAL
        and sentence.words[item.phrase.end : item.phrase.end + 1] in ([","], ["("], ["-"])
    )


def _main(document: Document, located: list[Located], context: Context) -> dict[str, object]:
    """Return the place of the article as a whole, in the keys of the main incident."""
    lead = [item for item in located if item.phrase.sentence_index < _LEAD_WITHOUT_FIGURES]
    main = main_phrase(lead, with_point=True) or main_phrase(located, with_point=True)
    if main is None:
        country = context.main_country()
        home = [item for item in located if country is None or item.resolved.country == country]
        if main_phrase(lead) is not None:
            # the text says where it was, if only widely: not where it was written
            home = [item for item in home if not _is_dateline(document, item)]
        main = main_phrase(home, BARE, with_point=True) or main_phrase(located)
    if main is None:
        return {"place_name": None, "country": context.main_country(), "lat": None, "lon": None}
    place = main.resolved.place
    lat, lon = main.resolved.point or (None, None)
    name = place.name if place else main.phrase.text
    country = main.resolved.country or context.main_country()
    told_in = min(item.phrase.sentence_index for item in located if item.resolved.point == main.resolved.point)
    return {"place_name": name, "country": country, "lat": lat, "lon": lon, "told_in": told_in}


def _local_country(located: list[Located]) -> str | None:
    """Return the country of the best of all phrases, where nothing says more: local news name their town (`Springfield police`)."""
    best = main_phrase(located, BARE, with_point=True)
    return best.resolved.country if best else None


def _home_country(located: list[Located], context: Context) -> str | None:
    """Return the country of an article without any placed figure: a place it names is better than where its actors are at home."""
    hinted = context.main_country()
    return hinted if context.stated else _local_country(located) or hinted


def places(document: Document) -> Document:
    """Fill where each figure's event was, `document.resolved`, and in `document.main_incident` where the article as a whole plays."""
    if not document.figures and not is_note(document):
        return document
    located, context = _located(document, _phrases(document, _wanted_sentences(document)))
    document.main_incident.update(_main(document, located, context))
    chosen = _choose(document, located, context.main_country())
    countries = Counter(choice.resolved.country for choice in chosen if choice is not None and choice.resolved.country)
    country = countries.most_common(1)[0][0] if countries else _home_country(located, context)
    for figure, choice in zip(document.figures, chosen, strict=True):
        _fill(document, figure, choice, country)
    return document


def main_place(document: Document, figure_indexes: Sequence[int]) -> dict[str, object]:
    """Return the place of the main incident: `place_name`, `country`, `lat`, `lon` (null where unknown).

    figure_indexes: the figures of the main incident, best first. The place of the first that has a point, else that of the
    article as a whole, which `places` has left in `document.main_incident`. A country has no point: its middle is nowhere an
    event happened. Nor is an incident whose own words give a place without a point where something else is told of long after it.
    """
    whole = {key: document.main_incident.get(key) for key in PLACE_KEYS}
    figures = [document.figures[index] for index in figure_indexes]
    for figure in figures:
        if figure.lat is not None:
            return {"place_name": figure.place_name, "country": figure.country, "lat": figure.lat, "lon": figure.lon}
    placed = next((figure for figure in figures if figure.place_text), None)
    told_in = document.main_incident.get("told_in")
    long_after = placed is not None and isinstance(told_in, int) and told_in > placed.sentence_index + _MAIN_REACH
    if placed is not None and placed.country and (long_after or whole["country"] != placed.country):
        return {"place_name": placed.place_name or placed.place_text, "country": placed.country, "lat": None, "lon": None}
    return whole
