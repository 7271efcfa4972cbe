-- One row = one correction of a figure, in the order of decision; also those taken back, whose figure has to be restored.
FROM ops.corrections WHERE kind IN ('confirm', 'amend', 'reject') ORDER BY decided_at, correction_id
