-- One row = one report that is new, or shares a key with a new one; `keys` are those that a new one has.
WITH evidence AS (
    SELECT *, false AS is_new FROM known.evidence
    UNION ALL
    SELECT *, true AS is_new FROM fresh
),
keyed AS (
    SELECT c.report_id, e.is_new, unnest(e.keys) AS key FROM current AS c JOIN evidence AS e USING (fingerprint)
),
near AS (
    SELECT report_id, list(key) AS keys
    FROM keyed
    WHERE key IN (SELECT key FROM keyed WHERE is_new)
    GROUP BY report_id
)
SELECT c.* EXCLUDE (fingerprint), e.words, e.weights, e.names, n.keys, e.is_new
FROM near AS n
JOIN current AS c USING (report_id)
JOIN evidence AS e USING (fingerprint)
ORDER BY c.report_id;
