-- Takes one merge back; the row stays. Parameters: now (UTC); who; why; merge id.
UPDATE ops.source_merges
SET undone_at = ?, undone_by = ?, undone_why = ?
WHERE merge_id = ? AND undone_at IS NULL
