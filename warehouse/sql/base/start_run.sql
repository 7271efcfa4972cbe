-- Adds one run, or sets a run of the same id back to running (a retry). Parameters: run id; now (UTC); reader version.
INSERT INTO ops.runs (run_id, started_at, status, reader_version)
VALUES (?, ?, 'running', ?)
ON CONFLICT (run_id) DO UPDATE SET status = 'running', ended_at = NULL, error = NULL, reader_version = excluded.reader_version
