-- Forgets reports that are no longer current, with their pairs; adds the new ones and the pairs found.
CREATE OR REPLACE TEMP TABLE gone AS SELECT number FROM known.evidence WHERE fingerprint NOT IN (SELECT fingerprint FROM current);
DELETE FROM known.pairs WHERE number_l IN (FROM gone) OR number_r IN (FROM gone);
DELETE FROM known.evidence WHERE number IN (FROM gone);
DROP TABLE gone;
INSERT INTO known.evidence
SELECT (SELECT coalesce(max(number), -1) FROM known.evidence) + row_number() OVER (ORDER BY fingerprint), * FROM fresh;
INSERT INTO known.levels
SELECT (SELECT coalesce(max(levels), -1) FROM known.levels) + row_number() OVER (ORDER BY gammas, match_probability), *
FROM (SELECT DISTINCT gammas, match_probability FROM found)
ANTI JOIN known.levels USING (gammas, match_probability);
INSERT INTO known.pairs
WITH numbered AS (SELECT report_id, number FROM current JOIN known.evidence USING (fingerprint))
SELECT l.number, r.number, levels
FROM found
JOIN known.levels USING (gammas, match_probability)
JOIN numbered AS l ON l.report_id = found.report_id_l
JOIN numbered AS r ON r.report_id = found.report_id_r;
