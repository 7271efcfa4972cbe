-- Holds: every report stands in one incident, every figure of a report in the article version of the report.
-- Otherwise: run again; core is built anew from articles and figures.
-- One row = one report or figure that does not.
SELECT format('report {} in no incident', r.report_id) AS broken
FROM core.reports AS r ANTI JOIN core.incident_reports USING (report_id)
UNION ALL
SELECT format('figure {} in report {} of another article', rf.figure_id, rf.report_id)
FROM core.report_figures AS rf
JOIN core.reports AS r USING (report_id)
WHERE NOT EXISTS (FROM core.figures AS f WHERE f.figure_id = rf.figure_id AND f.article_version_id = r.article_version_id)
ORDER BY broken
