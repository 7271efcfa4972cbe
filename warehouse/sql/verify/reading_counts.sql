-- Holds: as many figures landed and were held back as each reading says.
-- Otherwise: figures were lost or added after they were read; restore a backup.
-- One row = one reading whose numbers differ. A figure that a person let back in counts as held back; an article that was
-- redacted has none left.
WITH landed AS (
    SELECT article_version_id, reader_version, count(*) AS n
    FROM core.figures AS f
    WHERE NOT list_contains(f.flags, 'readmitted')
    GROUP BY ALL
),
held AS (
    SELECT article_version_id, reader_version, count(DISTINCT figure_id) AS n
    FROM ops.quarantine
    GROUP BY ALL
)
SELECT
    format(
        'article version {}, reader {}: {} landed of {}, {} held back of {}',
        r.article_version_id, r.reader_version, coalesce(landed.n, 0), r.n_figures, coalesce(held.n, 0), r.n_quarantined
    ) AS broken
FROM ops.readings AS r
LEFT JOIN landed USING (article_version_id, reader_version)
LEFT JOIN held USING (article_version_id, reader_version)
WHERE (coalesce(landed.n, 0) <> r.n_figures OR coalesce(held.n, 0) <> r.n_quarantined)
    AND r.article_version_id NOT IN (
        SELECT a.article_version_id
        FROM raw.articles AS a
        JOIN ops.redactions AS d ON d.kind = 'article' AND d.article_id = a.article_id
    )
ORDER BY r.article_version_id
