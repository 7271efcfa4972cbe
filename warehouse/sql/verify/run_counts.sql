-- Holds: what each finished run says it added and read is there.
-- Otherwise: rows were lost or added by other means; restore a backup.
-- One row = one run whose numbers differ. A step that was tried again counts its last try only, so a run may have added more
-- articles than it says, never fewer.
WITH added AS (SELECT run_id, count(*) AS n FROM raw.articles GROUP BY run_id),
was_read AS (SELECT run_id, count(*) AS n, sum(n_figures) AS n_figures FROM ops.readings GROUP BY run_id)
SELECT
    format(
        'run {}: {} article versions of {}, {} readings of {}, {} figures of {}',
        r.run_id, coalesce(added.n, 0), coalesce(r.n_new_versions, 0), coalesce(was_read.n, 0), coalesce(r.n_read, 0),
        coalesce(was_read.n_figures, 0), coalesce(r.n_figures, 0)
    ) AS broken
FROM ops.runs AS r
LEFT JOIN added USING (run_id)
LEFT JOIN was_read USING (run_id)
WHERE r.status = 'succeeded'
  AND (
    coalesce(added.n, 0) < coalesce(r.n_new_versions, 0)
    OR coalesce(was_read.n, 0) < coalesce(r.n_read, 0)
    OR coalesce(was_read.n_figures, 0) < coalesce(r.n_figures, 0)
  )
ORDER BY r.started_at
