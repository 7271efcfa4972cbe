-- One row = one current figure of one incident, with its article. Parameter: incident id.
SELECT rf.figure_id, r.article_id
FROM core.incident_reports AS ir
JOIN core.reports AS r USING (report_id)
JOIN core.report_figures AS rf USING (report_id)
WHERE ir.incident_id = ?
ORDER BY rf.figure_id
