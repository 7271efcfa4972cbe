"""Reports as the linking sees them (rows of `core/link_inputs.sql`), for tests.

Belongs here: making them. Keep out: assertions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

import numpy as np

from warehouse.pairs import Columns, Pair, Pairs, Shown

DAY = date(2018, 7, 25)
_TOWNS = [("As-Suwayda", 32.709, 36.569), ("Daraa", 32.625, 36.105), ("Idlib", 35.93, 36.63)]
_WORDS = ["mortar", "wedding", "convoy", "bakery", "Nahda", "Qasr", "schoolbus", "Tabqa", "reservoir", "orchard", "granary", "viaduct"]


def report(number: int, place: dict[str, Any], day: date | None = DAY, **given: Any) -> dict[str, Any]:
    """One report, dated or not, with what is given in place of what it has by itself."""
    return {
        "report_id": number,
        "article_id": f"article {number}",
        "article_version_id": 1000 + number,
        "is_main": True,
        "story_id": 1000 + number,
        "published_on": (day or DAY) + timedelta(days=1),
        "event_date_start": day,
        "event_date_end": day,
        "day_stated": day is not None,
        "month_day_start": None,
        "month_day_end": None,
        "weekday": None,
        "attacker_group": None,
        "victim_groups": [],
        "weapons": [],
        "words": "",
        **place,
        **given,
    }


def drawn(number: int, random: Random) -> dict[str, Any]:
    """A report of one of three towns and four days, some of which have no date, drawn at random."""
    place, (town, lat, lon) = random.choice([*enumerate(_TOWNS)])
    where = {"place_fine": True, "place_id": place, "lat": lat, "lon": lon, "place_admin": town, "country": "SY"}
    day = date(2018, 7, 20) + timedelta(days=random.randrange(4))
    stated, attacker = random.random() < 0.7, random.choice(["ISIS", None])
    open_day = {"event_date_start": None, "event_date_end": None, "day_stated": False, "published_on": None}
    open_day |= random.choice([{"month_day_start": f"{day:%m-%d}"}, {"weekday": day.isoweekday()}, {}])
    said = {"day_stated": stated, "attacker_group": attacker, "words": " ".join(random.sample(_WORDS, 5))}
    return report(number, where, day, **said | (open_day if random.random() < 0.2 else {}))


def arrays(reports: Iterable[int], pairs: Iterable[Pair]) -> Pairs:
    """Pairs of these reports as the linking hands them over, in its order."""
    ids = sorted(reports)
    ordered = sorted(pairs, key=lambda pair: (-pair.probability, pair.left, pair.right))
    places = ([ids.index(report) for report in side] for side in zip(*(pair[:2] for pair in ordered), strict=True)) if ordered else ([], [])
    worth = sorted({pair.probability for pair in ordered})
    levels = [worth.index(pair.probability) for pair in ordered]
    columns = Columns(*(np.array(column, dtype=np.int32) for column in (*places, levels)))
    return Pairs(ids, ids, [Shown(probability, ()) for probability in worth], columns)
