-- Holds: a part's whole and a toll that is replaced are figures of the same article version and reading, landed or held back.
-- Otherwise: figures were removed by other means; restore a backup, or read the articles again (job `read_again`).
-- One row = one figure that points to none.
WITH known AS (
    SELECT article_version_id, reader_version, figure_id FROM core.figures
    UNION SELECT article_version_id, reader_version, figure_id FROM ops.quarantine
),
pointing AS (
    SELECT figure_id, article_version_id, reader_version, unnest([part_of_figure_id, supersedes_figure_id]) AS target FROM core.figures
)
SELECT format('figure {} points to {}', p.figure_id, p.target) AS broken
FROM pointing AS p
WHERE p.target IS NOT NULL
  AND NOT EXISTS (
    FROM known AS k
    WHERE k.article_version_id = p.article_version_id AND k.reader_version = p.reader_version AND k.figure_id = p.target
  )
ORDER BY p.figure_id
