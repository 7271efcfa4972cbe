-- One row = one pair of current reports, the smaller id first; `levels` says which row of told_levels the comparisons show.
-- Needs the scratch table told_levels (link_levels.sql).
SELECT
    least(l.report_id, r.report_id) AS report_id_l, greatest(l.report_id, r.report_id) AS report_id_r, p.match_probability, t.levels
FROM known.pairs AS p
JOIN current AS l ON l.fingerprint = p.fingerprint_l
JOIN current AS r ON r.fingerprint = p.fingerprint_r
JOIN told_levels AS t USING (gammas)
ORDER BY p.match_probability DESC, 1, 2;
