-- Adds a reading without figures for each article version in a language that the reader has no grammar for, as far as this
-- reader version has not dealt with it. Gives back the ids.
INSERT INTO ops.readings BY NAME
SELECT
    article_version_id,
    $reader_version AS reader_version,
    $now AS read_at,
    0 AS n_figures,
    0 AS n_quarantined,
    'language' AS not_read,
    $run_id AS run_id
FROM raw.articles AS a
WHERE language_detected IS NOT NULL
  AND NOT list_contains($languages, language_detected)
  AND NOT EXISTS (
    FROM ops.readings AS r
    WHERE r.article_version_id = a.article_version_id AND r.reader_version = $reader_version
)
RETURNING article_version_id
