-- One row = one pair of reports of one incident, most probable first, with who printed them. Parameter: incident id.
SELECT
    l.match_probability, l.prior_weight, l.comparisons, l.reasons, l.weights, l.model_version,
    l.left_report_id, l.right_report_id,
    coalesce(la.publisher, la.article_id) AS left_publisher, la.published_on AS left_published_on,
    coalesce(ra.publisher, ra.article_id) AS right_publisher, ra.published_on AS right_published_on
FROM core.incident_links AS l
JOIN core.reports AS lr ON lr.report_id = l.left_report_id
JOIN core.reports AS rr ON rr.report_id = l.right_report_id
JOIN core.articles AS la ON la.article_id = lr.article_id
JOIN core.articles AS ra ON ra.article_id = rr.article_id
WHERE l.incident_id = ?
ORDER BY l.match_probability DESC, l.left_report_id, l.right_report_id
