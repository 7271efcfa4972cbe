-- One row = one merge of two sources that is in force, in the order in which people decided.
FROM ops.source_merges
WHERE undone_at IS NULL
ORDER BY merged_at, merge_id
