-- One row = one article version that this reader version has not read yet, with the bytes of its text, in the order of its arrival.
-- Parameter: reader version.
SELECT article_version_id, strlen(text) AS n_bytes
FROM raw.articles AS a
WHERE NOT EXISTS (
    FROM ops.readings AS r
    WHERE r.article_version_id = a.article_version_id AND r.reader_version = ?
)
ORDER BY first_seen_at, article_version_id
