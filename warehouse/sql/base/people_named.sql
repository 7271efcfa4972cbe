-- One row = the people to mask of one article version, by the latest reading that read it; in order of arrival, so that numbers stay.
SELECT r.article_version_id, r.people
FROM (FROM ops.readings WHERE not_read IS NULL QUALIFY row_number() OVER (PARTITION BY article_version_id ORDER BY read_at DESC, reader_version DESC) = 1) AS r
JOIN raw.articles AS a USING (article_version_id)
WHERE r.people IS NOT NULL
ORDER BY a.first_seen_at, a.article_version_id;
