-- Holds: no run counts as going on while nobody holds the warehouse.
-- Otherwise: the run was killed; the next run marks it failed and goes on where it was.
-- One row = one run that never said how it ended.
SELECT format('run {} since {}', run_id, started_at) AS broken
FROM ops.runs
WHERE status = 'running'
ORDER BY started_at
