-- One row = how much of everything that core, marts and the published copy are built from is there, and when the last of it came.
-- Beware: a change of a row in place is not seen; raw and readings are append-only, figures change by valid_to.
SELECT (SELECT (count(*), max(first_seen_at)) FROM raw.articles) AS articles,
       (SELECT (count(*), max(read_at)) FROM ops.readings) AS readings,
       (SELECT (count(*), max(valid_from), max(valid_to), bit_xor(hash(figure_id, reader_version, review))) FROM core.figures) AS figures,
       (SELECT (count(*), max(readmitted_at)) FROM ops.quarantine) AS quarantine,
       (SELECT (count(*), max(merged_at), max(undone_at)) FROM ops.source_merges) AS source_merges,
       (SELECT (count(*), max(decided_at), max(undone_at)) FROM ops.corrections) AS corrections,
       (SELECT count(*) FROM ops.rejected_inputs) AS rejected
