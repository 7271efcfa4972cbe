-- One row = one figure kept out by one expectation. A figure that failed two expectations is two rows.
-- By default only what is still held back: not re-admitted, and of the latest reading of its article version (what an
-- older reader misread is no longer anybody's figure). Parameter $everything: true = all rows.
SELECT
    q.quarantine_id,
    q.figure_id,
    q.expectation,
    q.reason,
    q.row_json,
    q.reader_version,
    q.article_version_id,
    a.article_id,
    a.publisher,
    a.title,
    a.url,
    a.published_on,
    a.is_paraphrase,
    q.quarantined_at,
    q.run_id,
    q.readmitted_at,
    q.readmitted_by,
    q.readmitted_why
FROM ops.quarantine AS q
LEFT JOIN raw.articles AS a USING (article_version_id)
WHERE $everything
   OR (
        q.readmitted_at IS NULL
        AND NOT EXISTS (
            FROM ops.readings AS mine
            JOIN ops.readings AS newer USING (article_version_id)
            WHERE mine.article_version_id = q.article_version_id
              AND mine.reader_version = q.reader_version
              AND newer.read_at > mine.read_at
        )
      )
ORDER BY q.quarantined_at, q.article_version_id, q.figure_id, q.expectation
