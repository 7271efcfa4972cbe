"""The area in the name of a local body, under one spelling.

ISO 3166-2 names the first-level areas of every country; a printed name that differs from one of them only in
transliteration (`Sweida`, `Suweida`) is shown as the standard spells it. Other places keep their printed name.

Belongs here: spelling of areas in names of sources. Keep out: coordinates and resolution of places (`transforms/places`).
"""

from __future__ import annotations

import re
from functools import lru_cache

import pycountry

from transforms.sources.keys import place_key, unaccented
from transforms.sources.words import any_of

_NOT_IN_NAME = re.compile(r"[\u02bf\u02be\u2018\u2019'`]")
_LONGEST = 4
_KIND_OF_AREA = re.compile(rf"\b{any_of('area_word')}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _areas() -> dict[str, dict[str, str]]:
    """Return country -> place key -> name of its first-level areas, as ISO 3166-2 spells them without diacritics."""
    found: dict[str, dict[str, str]] = {}
    for area in pycountry.subdivisions:
        if area.parent_code is None:
            plain = _NOT_IN_NAME.sub("", unaccented(area.name)).strip()
            found.setdefault(area.country_code, {}).setdefault(place_key(plain), plain)
    return found


@lru_cache(maxsize=2048)
def area_name(printed: str, country: str | None) -> str:
    """Return the name under which an area is known here.

    printed: as the text has it. country: ISO 3166-1 alpha-2 of the article's event, null when unknown; then the standard's
    spelling is taken only when one country alone has such an area.
    """
    words = (_KIND_OF_AREA.sub("", printed).strip(" ,-") or printed.strip()).split()
    # a person's name may follow that of the area (`the governor of Kharkiv Oleh Syniehubov`)
    for size in range(min(len(words), _LONGEST), 0, -1):
        key = place_key(" ".join(words[:size]))
        if country is not None:
            names = {_areas()[country][key]} if key in _areas().get(country, {}) else set()
        else:
            names = {areas[key] for areas in _areas().values() if key in areas}
        if len(names) == 1:
            return names.pop()
    return printed.strip()
