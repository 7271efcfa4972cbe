"""Sources as rows of core.sources and core.source_affiliations, the bodies above them included.

Belongs here: turning sources into rows. Keep out: which sources there are (`dimensions.py`), and the rules (`transforms/sources`).
"""

from __future__ import annotations

from collections.abc import Iterable

from transforms.identity import hash63
from transforms.sources.affiliations import affiliations, latest
from transforms.sources.known import Source
from transforms.sources.parents import ancestors, parent_of


def with_ancestors(sources: Iterable[Source]) -> list[Source]:
    """Return the sources and the bodies that they speak for or are part of, each once, in order of their ids."""
    wanted = {source.source_id: source for source in sources}
    for source in list(wanted.values()):
        for above in ancestors(source):
            wanted.setdefault(above.source_id, above)
    return [source for _, source in sorted(wanted.items())]


def source_rows(sources: Iterable[Source]) -> list[dict[str, object]]:
    """Return the rows of core.sources. The body above each must be among the sources, see `with_ancestors`."""
    return [
        {
            "source_id": source.source_id,
            "name": source.name,
            "kind": source.kind,
            "country": source.country,
            "parent_source_id": parent.source_id if parent else None,
            "affiliation": latest(source),
            "is_known": source.is_known,
            "is_unnamed": source.is_unnamed,
        }
        for source, parent in ((source, parent_of(source)) for source in sources)
    ]


def affiliation_rows(sources: Iterable[Source]) -> list[dict[str, object]]:
    """Return the rows of core.source_affiliations: every tie of these sources to a party."""
    return [
        {
            "affiliation_id": hash63("affiliation", source.source_id, tie.party, tie.conflict, tie.valid_from, tie.valid_until),
            "source_id": source.source_id,
            "party": tie.party,
            "tie": tie.tie,
            "conflict": tie.conflict,
            "countries": list(tie.countries),
            "valid_from": tie.valid_from,
            "valid_until": tie.valid_until,
            "why": tie.why,
            "reference": tie.reference,
        }
        for source in sources
        for tie in affiliations(source)
    ]
