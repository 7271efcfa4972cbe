-- One row = one report for which the grouping before does not hold: it is new or changed (fresh), was decided on, or was in one
-- group with one that is gone or changed. Needs the scratch table marks (fingerprint, place).
SELECT m.place, h.home IS NULL AS fresh
FROM marks AS m
LEFT JOIN known.homes AS h USING (fingerprint)
WHERE h.home IS NULL
    OR h.decided
    OR h.home IN (SELECT gone.home FROM known.homes AS gone ANTI JOIN marks USING (fingerprint));
