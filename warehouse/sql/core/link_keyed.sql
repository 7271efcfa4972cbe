-- meeting: one row = one key of a new report, and one report that has it. turn: place of a new report among the new ones, so
-- that a pair of two new reports is met once; those compared before come after all (2147483647).
-- near: one row = one report that is new, or shares a key with a new one, with what the model compares.
CREATE OR REPLACE TEMP TABLE evidence AS
SELECT * EXCLUDE (number), false AS is_new FROM known.evidence
UNION ALL
SELECT *, true AS is_new FROM fresh;
CREATE OR REPLACE TEMP TABLE meeting AS
WITH numbered AS (
    SELECT fingerprint, (row_number() OVER (ORDER BY published_on, report_id) - 1)::INTEGER AS turn
    FROM current JOIN fresh USING (fingerprint)
),
keyed AS (
    SELECT c.report_id, coalesce(n.turn, 2147483647) AS turn, unnest(e.keys) AS key
    FROM current AS c
    JOIN evidence AS e USING (fingerprint)
    LEFT JOIN numbered AS n USING (fingerprint)
)
FROM keyed SEMI JOIN (SELECT unnest(keys) AS key FROM fresh) USING (key);
CREATE OR REPLACE TEMP TABLE near AS
SELECT c.* EXCLUDE (fingerprint), e.words, e.weights, e.names, len(e.words) AS n_words, len(e.names) AS n_names, e.is_new,
    -- of two reports, told with the pair (shared_words.py); Splink asks for a column of each
    NULL::DOUBLE AS likeness, NULL::BIGINT AS shared_names
FROM current AS c
JOIN evidence AS e USING (fingerprint)
SEMI JOIN meeting USING (report_id)
ORDER BY c.report_id;
DROP TABLE evidence;
