"""Which table comes from which, and who looks after it: the graph of assets as data.

An asset carries the name of its table (`core.figures` = asset `core/figures`). `UPSTREAM` names every table of the
contract once; a test asserts that.

Belongs here: dependencies, groups, owners and kinds. Keep out: anything that computes.
"""

from __future__ import annotations

PUBLISHED_COPY = "published_copy"

# table -> the tables it is made from, each after those
UPSTREAM: dict[str, tuple[str, ...]] = {
    "raw.articles": (),
    "ops.rejected_inputs": (),
    "ops.source_merges": (),
    "ops.corrections": (),
    "ops.redactions": (),
    "core.figures": ("raw.articles",),
    "core.places": ("raw.articles",),
    "ops.readings": ("raw.articles",),
    "ops.quarantine": ("raw.articles",),
    "core.stories": ("raw.articles",),
    "core.article_versions": ("raw.articles", "core.stories"),
    "core.sources": ("core.figures", "ops.source_merges"),
    "core.source_names": ("core.sources",),
    "core.source_affiliations": ("core.sources",),
    "core.publishers": ("raw.articles", "core.sources"),
    "core.articles": ("core.article_versions", "core.publishers"),
    "core.reports": ("core.figures", "core.article_versions", "core.places"),
    "core.report_figures": ("core.reports",),
    "core.incidents": ("core.reports", "ops.corrections"),
    "core.incident_reports": ("core.reports", "core.incidents"),
    "core.incident_links": ("core.reports", "core.incidents"),
    "core.incident_forwards": ("core.incidents",),
    "core.series": ("core.figures", "core.places", "core.sources"),
    "core.series_figures": ("core.series",),
    "mart.tolls": ("core.incident_reports", "core.report_figures", "core.articles", "ops.quarantine"),
    "mart.figure_comparison": ("mart.tolls", "core.sources", "core.source_affiliations", "core.publishers"),
    "mart.incident_tolls": ("mart.figure_comparison", "mart.tolls", "core.incidents"),
    "mart.source_agreement": ("mart.figure_comparison", "core.sources"),
    "mart.toll_revisions": ("mart.tolls", "core.sources", "ops.readings"),
    "mart.series_comparison": ("core.series_figures", "core.sources"),
    "mart.series_revisions": ("core.series_figures", "core.sources", "core.articles"),
    "mart.article_incidents": ("core.incident_reports", "core.articles"),
    "mart.relay_drift": ("mart.tolls", "core.figures", "core.publishers", "core.sources"),
    "mart.coverage": ("core.articles", "core.publishers", "core.incident_reports", "ops.readings", "ops.quarantine"),
    "mart.conventions": (),
    "mart.convention_words": ("mart.conventions",),
    "ops.validation_results": (
        "core.figures",
        "mart.incident_tolls",
        "mart.toll_revisions",
        "mart.series_comparison",
        "mart.series_revisions",
        "mart.article_incidents",
        "mart.source_agreement",
        "mart.relay_drift",
        "mart.coverage",
        "mart.convention_words",
    ),
    "ops.runs": ("ops.validation_results", "ops.rejected_inputs", "ops.readings"),
}

# the operations that write them
INGESTED = ("raw.articles", "ops.rejected_inputs")
DECIDED = ("ops.source_merges", "ops.corrections", "ops.redactions")  # by people, with commands; a run only counts and checks them
READ = ("core.figures", "core.places", "ops.readings", "ops.quarantine")
BUILT_CORE = tuple(name for name in UPSTREAM if name.startswith("core.") and name not in READ)
BUILT_MARTS = tuple(name for name in UPSTREAM if name.startswith("mart."))
CLOSED = ("ops.validation_results", "ops.runs")

GROUPS = {"raw": "intake", "ops": "machine_room", "core": "facts", "mart": "comparison"}
OWNERS = {
    "raw": ("team:data-engineering",),
    "ops": ("team:data-engineering",),
    "core": ("team:casualty-recording", "team:data-engineering"),
    "mart": ("team:casualty-recording",),
}
KINDS = {"raw": {"duckdb", "python"}, "ops": {"duckdb", "python"}, "core": {"duckdb", "python"}, "mart": {"duckdb", "sql"}}
KINDS_OF_TABLE = {
    "core.figures": {"duckdb", "python", "greatexpectations"},
    "core.incidents": {"duckdb", "python", "splink"},
    "core.incident_reports": {"duckdb", "python", "splink"},
}
