-- Holds: every figure and every figure held back is of a reading that is written down.
-- Otherwise: rows were added by other means; restore a backup.
-- One row = one figure without its reading.
SELECT format('figure {} of reader {} ({})', f.figure_id, f.reader_version, f.stands_in) AS broken
FROM (
    SELECT figure_id, article_version_id, reader_version, 'core.figures' AS stands_in FROM core.figures
    UNION ALL
    SELECT figure_id, article_version_id, reader_version, 'ops.quarantine' FROM ops.quarantine
) AS f
ANTI JOIN ops.readings AS r USING (article_version_id, reader_version)
ORDER BY broken
