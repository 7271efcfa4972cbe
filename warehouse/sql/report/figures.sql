-- One row = one figure of one incident as it is read today, with its words, who is said to have said it and who printed it.
-- Beware: parts, restatements and superseded tolls are rows of their own; denied and rejected figures are in here and marked.
SELECT f.figure_id, f.outcome, f.count_stated, f.count_min, f.count_max, f.bound, f.quantity_text, f.sentence, f.in_title,
       f.victim_text, f.victim_status, f.victim_group, f.demographic, f.relation, f.scope, f.event_date_start, f.event_date_end,
       f.date_basis, f.place_text, f.source_text, f.source_kind, f.stance, f.review, f.flags, f.named_person,
       f.supersedes_figure_id, s.source_id AS origin_id, s.name AS origin, mart.party_of(s.source_id, i.country, coalesce(i.event_date_start, v.published_on)) AS origin_affiliation,
       a.article_id, a.publisher, a.original_publisher, a.title, a.url, v.published_on, v.published_at, a.is_paraphrase,
       v.superseded_at IS NOT NULL AS is_old_version
FROM core.incident_reports AS l
JOIN core.incidents AS i USING (incident_id)
JOIN core.report_figures AS rf USING (report_id)
JOIN core.figures AS f ON f.figure_id = rf.figure_id AND f.valid_to IS NULL
JOIN core.article_versions AS v ON v.article_version_id = f.article_version_id
JOIN core.articles AS a ON a.article_id = f.article_id
LEFT JOIN core.sources AS s ON s.source_id = f.origin_id
WHERE l.incident_id = $incident_id
ORDER BY v.published_on NULLS LAST, v.published_at NULLS LAST, a.publisher, a.article_id, f.in_title DESC, f.char_start, f.outcome
