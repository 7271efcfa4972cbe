-- One row = two series that count the same outcome among the same people in the same area, whoever counts.
-- Same area: the same first-level area, or places within 50 km of each other. Starts may differ: that is for the reader to see.
SELECT a.series_id AS one, b.series_id AS other
FROM core.series AS a
JOIN core.series AS b
    ON a.series_id < b.series_id
    AND a.outcome = b.outcome
    AND a.demographic IS NOT DISTINCT FROM b.demographic
    AND coalesce(a.victim_group, 'status: ' || a.victim_status) = coalesce(b.victim_group, 'status: ' || b.victim_status)
LEFT JOIN core.places AS p ON p.place_id = a.place_id
LEFT JOIN core.places AS q ON q.place_id = b.place_id
WHERE (a.country = b.country AND a.place_admin = b.place_admin)
    OR (p.precision IN ('point', 'town', 'district') AND q.precision IN ('point', 'town', 'district')
        AND mart.kilometres(p.lat, p.lon, q.lat, q.lon) <= 50)
ORDER BY one, other;
