-- One row = one current report: the number under which it is remembered, and its place among all in order of their ids, from 0.
SELECT e.number, (row_number() OVER (ORDER BY c.report_id) - 1)::INTEGER AS place
FROM current AS c
JOIN known.evidence AS e USING (fingerprint);
