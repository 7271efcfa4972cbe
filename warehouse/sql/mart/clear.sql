-- Empties the marts before they are filled anew, in the same transaction.
DELETE FROM mart.tolls;
DELETE FROM mart.figure_comparison;
DELETE FROM mart.incident_tolls;
DELETE FROM mart.toll_revisions;
DELETE FROM mart.series_comparison;
DELETE FROM mart.series_revisions;
DELETE FROM mart.article_incidents;
DELETE FROM mart.relay_drift;
DELETE FROM mart.source_agreement;
DELETE FROM mart.coverage;
DELETE FROM mart.conventions;
DELETE FROM mart.convention_words;
