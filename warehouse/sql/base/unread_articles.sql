-- One row = one article version of the given ids, as the reader gets it. Versions read in the meantime are left out.
-- Parameters: ids; reader version.
SELECT article_id, text, title, publisher, url, published_on, read_spans, article_version_id
FROM raw.articles AS a
WHERE article_version_id IN (SELECT unnest(?::UBIGINT[]))
  AND NOT EXISTS (
    FROM ops.readings AS r
    WHERE r.article_version_id = a.article_version_id AND r.reader_version = ?
  )
ORDER BY first_seen_at, article_version_id
