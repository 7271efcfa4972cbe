-- One row = one incident that one article, at its current version, reports.
-- match_probability is the best of its reports' links; null = nothing else is linked to it.
-- Beware: an article without a figure of an incident has no row.
INSERT INTO mart.article_incidents BY NAME
SELECT
    r.article_id,
    ir.incident_id,
    bool_or(r.is_main) AS is_main,
    max(ir.match_probability) AS match_probability,
    CASE WHEN bool_or(ir.review = 'reviewed') THEN 'reviewed' ELSE 'machine_linked' END AS review
FROM core.reports AS r
JOIN core.articles AS a USING (article_version_id)
JOIN core.incident_reports AS ir USING (report_id)
GROUP BY r.article_id, ir.incident_id
ORDER BY r.article_id, ir.incident_id;
