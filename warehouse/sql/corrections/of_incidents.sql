-- One row = one decision on an incident, in the order of decision; also those taken back, for the ids that they remember.
FROM ops.corrections WHERE kind IN ('merge', 'split', 'pin') ORDER BY decided_at, correction_id
