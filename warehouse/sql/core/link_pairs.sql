-- One row = one pair of current reports, the smaller id first: their places among all reports in order of their ids, from 0.
-- `levels` says which row of told_levels the comparisons show. Needs the scratch table told_levels (link_levels.sql).
WITH placed AS (SELECT fingerprint, (row_number() OVER (ORDER BY report_id) - 1)::INTEGER AS place FROM current)
SELECT least(l.place, r.place) AS place_l, greatest(l.place, r.place) AS place_r, p.match_probability, t.levels::INTEGER AS levels
FROM known.pairs AS p
JOIN placed AS l ON l.fingerprint = p.fingerprint_l
JOIN placed AS r ON r.fingerprint = p.fingerprint_r
JOIN told_levels AS t USING (gammas)
ORDER BY p.match_probability DESC, 1, 2;
