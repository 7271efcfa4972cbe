-- Ends one run; a count that is not given keeps its value. Gives back the id, or nothing when there is no such run.
UPDATE ops.runs
SET status = $status,
    ended_at = $now,
    error = $error,
    n_received = coalesce($n_received, n_received),
    n_new_versions = coalesce($n_new_versions, n_new_versions),
    n_rejected = coalesce($n_rejected, n_rejected),
    n_read = coalesce($n_read, n_read),
    n_not_read = coalesce($n_not_read, n_not_read),
    n_figures = coalesce($n_figures, n_figures),
    n_quarantined = coalesce($n_quarantined, n_quarantined)
WHERE run_id = $run_id
RETURNING run_id
