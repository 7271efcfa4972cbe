-- One row = one merge of two sources, oldest first. Parameter $everything: true = also those that were taken back.
FROM ops.source_merges
WHERE $everything OR undone_at IS NULL
ORDER BY merged_at, merge_id
