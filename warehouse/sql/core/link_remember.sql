-- Forgets reports that are no longer current, with their pairs; adds the new ones and the pairs found.
DELETE FROM known.evidence WHERE fingerprint NOT IN (SELECT fingerprint FROM current);
DELETE FROM known.pairs
WHERE fingerprint_l NOT IN (SELECT fingerprint FROM current) OR fingerprint_r NOT IN (SELECT fingerprint FROM current);
INSERT INTO known.evidence FROM fresh;
INSERT INTO known.pairs
SELECT l.fingerprint, r.fingerprint, found.match_probability, found.gammas
FROM found
JOIN current AS l ON l.report_id = found.report_id_l
JOIN current AS r ON r.report_id = found.report_id_r;
