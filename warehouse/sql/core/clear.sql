-- Empties what rebuild_core derives anew. core.figures and core.places are facts and stay; reports stay while
-- what they are made from does (report_marks.sql).
DELETE FROM core.articles;
DELETE FROM core.article_versions;
DELETE FROM core.publishers;
DELETE FROM core.sources;
DELETE FROM core.source_names;
DELETE FROM core.source_affiliations;
DELETE FROM core.stories;
DELETE FROM core.incidents;
DELETE FROM core.incident_reports;
DELETE FROM core.incident_links;
DELETE FROM core.series;
DELETE FROM core.series_figures;
