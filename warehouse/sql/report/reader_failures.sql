-- One row = one article version that the reader failed on in a run: its article, and where in the reader. Parameter: run id.
SELECT a.article_id, r.error
FROM ops.readings AS r
JOIN raw.articles AS a USING (article_version_id)
WHERE r.run_id = ? AND r.not_read = 'error'
ORDER BY 1
