-- Takes one correction back; the row stays. Parameters: now (UTC); who; why; correction id.
UPDATE ops.corrections
SET undone_at = ?, undone_by = ?, undone_why = ?
WHERE correction_id = ? AND undone_at IS NULL
