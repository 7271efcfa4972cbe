-- One row = two reports that are as they were (their places, the smaller first), at whose pair two groups were joined before.
-- Needs the scratch table marks (fingerprint, place).
SELECT least(l.place, r.place) AS place_l, greatest(l.place, r.place) AS place_r
FROM known.joins AS j
JOIN marks AS l ON l.fingerprint = j.fingerprint_l
JOIN marks AS r ON r.fingerprint = j.fingerprint_r;
