-- One row = one reading of one figure, the current one first, with the article version that it stands in.
SELECT f.*, a.version, a.title, a.text, a.url, a.publisher, a.original_publisher, a.byline, a.published_on, a.published_at,
       a.origin, a.origin_line, a.bytes_hash, a.text_hash, a.captured_at, a.first_seen_at, a.is_paraphrase, s.name AS origin_source
FROM core.figures AS f
JOIN raw.articles AS a USING (article_version_id)
LEFT JOIN core.sources AS s ON s.source_id = f.origin_id
WHERE f.figure_id = ?
ORDER BY f.valid_to IS NULL DESC, f.valid_from DESC;
