-- One row = one language that a run left unread: its code, and how many article versions. Parameter: run id.
SELECT a.language_detected, count(*)::INTEGER
FROM ops.readings AS r
JOIN raw.articles AS a USING (article_version_id)
WHERE r.run_id = ? AND r.not_read = 'language'
GROUP BY 1
ORDER BY 2 DESC, 1
