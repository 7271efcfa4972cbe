"""Rules for what is linked: sources, publishers, places, reports, incidents and series of schema core.

Belongs here: rules that one table can be checked by. Keep out: whether a link is right, which the linking tests show.
"""

from __future__ import annotations

from expectations.check import Rule
from expectations.rules.common import COUNTRY, both_or_neither, is_not, not_above, not_blank, row_rule, value_rule
from transforms import contract

_EVENT_DAYS = not_above("event_date_start", "event_date_end", "The first day of the event is not after its last.")
_COORDINATES = both_or_neither("lat", "lon", "A place has both coordinates or none.")
_OUTCOMES = frozenset(contract.table("core.figures").column("outcome").allowed)
_STATUSES = frozenset(contract.table("core.figures").column("victim_status").allowed)

OUTCOME = value_rule("outcome_is_known", "The outcome is one of those of core.figures.", "outcome", lambda outcome: outcome in _OUTCOMES)

PUBLISHERS = (not_blank("name", "A publisher has a name."),)
SOURCES = (
    not_blank("name", "A source has a name."),
    is_not("parent_source_id", "source_id", "No source speaks for itself as its own parent."),
    COUNTRY,
)
SOURCE_AFFILIATIONS = (
    not_blank("party", "A party has a name."),
    not_blank("why", "An affiliation has its reason."),
    not_above("valid_from", "valid_until", "The first day of an affiliation is not after its last."),
    row_rule(
        "conflict_has_countries",
        "What holds in one conflict names its countries, what holds everywhere none.",
        ("conflict", "countries"),
        lambda conflict, countries: (conflict is None) == (len(countries) == 0),
    ),
)
SOURCE_NAMES = (not_blank("name_printed", "A spelling is printed with letters."),)
PLACES = (_COORDINATES, COUNTRY, not_blank("name", "A place has a name."))
REPORTS = (
    _EVENT_DAYS,
    _COORDINATES,
    COUNTRY,
    not_above("event_date_start", "published_on", "What is reported has happened; where it lies ahead, the dateline disagrees.", "flag"),
)
REPORT_FIGURES: tuple[Rule, ...] = ()
INCIDENTS = (
    _EVENT_DAYS,
    COUNTRY,
    not_blank("label", "An incident has a name for people."),
    not_above("n_articles", "n_reports", "Each article of an incident has a report of it."),
    is_not("contained_in_incident_id", "incident_id", "No incident is contained in itself."),
)
INCIDENT_REPORTS = (not_blank("link_basis", "A link says in words what it rests on."),)
INCIDENT_LINKS = (
    is_not("right_report_id", "left_report_id", "No report is linked to itself."),
    row_rule(
        "every_reason_has_its_weight",
        "What a link rests on stands there with its weight.",
        ("comparisons", "reasons", "weights"),
        lambda comparisons, reasons, weights: len(comparisons) == len(reasons) == len(weights),
    ),
)
INCIDENT_FORWARDS = (is_not("incident_id", "former_incident_id", "A former id leads to another incident."),)
SERIES = (
    OUTCOME,
    value_rule(
        "victim_status_is_known", "The status is one of those of core.figures.", "victim_status", lambda status: status in _STATUSES
    ),
    COUNTRY,
)
SERIES_FIGURES: tuple[Rule, ...] = ()
