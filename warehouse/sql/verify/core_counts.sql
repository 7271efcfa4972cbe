-- Holds: reports, incidents, stories and articles have as many members as they say.
-- Otherwise: run again; core is built anew from articles and figures.
-- One row = one of them whose number differs.
SELECT format('report {}: {} figures of {}', r.report_id, count(f.figure_id), r.n_figures) AS broken
FROM core.reports AS r LEFT JOIN core.report_figures AS f USING (report_id)
GROUP BY r.report_id, r.n_figures HAVING count(f.figure_id) <> r.n_figures
UNION ALL
SELECT format('incident {}: {} reports of {}, {} articles of {}', i.incident_id, count(r.report_id), i.n_reports, count(DISTINCT r.article_id), i.n_articles)
FROM core.incidents AS i
LEFT JOIN core.incident_reports AS l USING (incident_id)
LEFT JOIN core.reports AS r USING (report_id)
GROUP BY i.incident_id, i.n_reports, i.n_articles
HAVING count(r.report_id) <> i.n_reports OR count(DISTINCT r.article_id) <> i.n_articles
UNION ALL
SELECT format('article {}: {} versions of {}', a.article_id, count(v.article_version_id), a.n_versions)
FROM core.articles AS a LEFT JOIN core.article_versions AS v USING (article_id)
GROUP BY a.article_id, a.n_versions HAVING count(v.article_version_id) <> a.n_versions
ORDER BY broken
