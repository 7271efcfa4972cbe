-- Ends runs that never said how they ended. Gives back their ids. Parameters: now (UTC); the run to leave alone, or null.
UPDATE ops.runs
SET status = 'failed', ended_at = ?, error = 'it was stopped from outside before it could say how it ended'
WHERE status = 'running' AND run_id IS DISTINCT FROM ?
RETURNING run_id
