-- Removes results of checks that are older than the given time, but for the latest check of each table. Gives back what is gone.
-- Parameter: the time (UTC).
DELETE FROM ops.validation_results
WHERE checked_at < ?
  AND (suite, run_id) NOT IN (
    SELECT (suite, run_id)
    FROM ops.validation_results
    QUALIFY row_number() OVER (PARTITION BY suite ORDER BY checked_at DESC, run_id DESC) = 1
  )
RETURNING validation_id
