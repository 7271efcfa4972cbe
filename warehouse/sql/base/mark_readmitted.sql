-- Marks every expectation's row of one figure: who looked at it found the reading right, whichever rule held it back.
-- Parameters: now (UTC); who; why; figure id; reader version.
UPDATE ops.quarantine
SET readmitted_at = ?, readmitted_by = ?, readmitted_why = ?
WHERE figure_id = ? AND reader_version = ? AND readmitted_at IS NULL
