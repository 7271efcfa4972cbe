"""The hand-written rules, by table. Each module here belongs to the tables that its docstring names.

Belongs here: which rules a table has. Keep out: what the contract says already (`suites.py` derives that).
"""

from __future__ import annotations

from expectations.check import Rule
from expectations.rules import articles, evidence, figures, linking, links, marts, numerals, oddities, ops

BY_TABLE: dict[str, tuple[Rule, ...]] = {
    "raw.articles": articles.RAW_ARTICLES,
    "core.figures": (*evidence.RULES, *numerals.RULES, *figures.RULES, *links.RULES, *oddities.RULES),
    "core.articles": articles.CORE_ARTICLES,
    "core.article_versions": articles.CORE_ARTICLE_VERSIONS,
    "core.publishers": linking.PUBLISHERS,
    "core.sources": linking.SOURCES,
    "core.source_names": linking.SOURCE_NAMES,
    "core.source_affiliations": linking.SOURCE_AFFILIATIONS,
    "core.places": linking.PLACES,
    "core.stories": articles.CORE_STORIES,
    "core.reports": linking.REPORTS,
    "core.report_figures": linking.REPORT_FIGURES,
    "core.incidents": linking.INCIDENTS,
    "core.incident_reports": linking.INCIDENT_REPORTS,
    "core.incident_links": linking.INCIDENT_LINKS,
    "core.incident_forwards": linking.INCIDENT_FORWARDS,
    "core.series": linking.SERIES,
    "core.series_figures": linking.SERIES_FIGURES,
    "mart.tolls": marts.TOLLS,
    "mart.figure_comparison": marts.FIGURE_COMPARISON,
    "mart.incident_tolls": marts.INCIDENT_TOLLS,
    "mart.toll_revisions": marts.TOLL_REVISIONS,
    "mart.series_comparison": marts.SERIES_COMPARISON,
    "mart.series_revisions": marts.SERIES_REVISIONS,
    "mart.article_incidents": marts.ARTICLE_INCIDENTS,
    "mart.source_agreement": marts.SOURCE_AGREEMENT,
    "mart.relay_drift": marts.RELAY_DRIFT,
    "mart.coverage": marts.COVERAGE,
    "mart.conventions": marts.CONVENTIONS,
    "mart.convention_words": marts.CONVENTION_WORDS,
    "ops.runs": ops.RUNS,
    "ops.readings": ops.READINGS,
    "ops.rejected_inputs": ops.REJECTED_INPUTS,
    "ops.quarantine": ops.QUARANTINE,
    "ops.source_merges": ops.SOURCE_MERGES,
    "ops.corrections": ops.CORRECTIONS,
    "ops.redactions": ops.REDACTIONS,
    "ops.validation_results": ops.VALIDATION_RESULTS,
}
