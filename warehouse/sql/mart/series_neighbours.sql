-- One row = two series that count the same outcome among the same people in the same area, whoever counts: enough rows to join all
-- such series into one group, and not every pair of them, which would be their square.
-- Same area: the same first-level area, or places within 50 km of each other. Starts may differ: that is for the reader to see.
WITH counting AS (
    SELECT
        s.series_id, s.country, s.place_admin, p.place_id, p.lat, p.lon,
        hash(s.outcome, s.demographic, coalesce(s.victim_group, 'status: ' || s.victim_status)) AS what,
        coalesce(p.precision IN ('point', 'town', 'district'), false) AS is_fine
    FROM core.series AS s
    LEFT JOIN core.places AS p USING (place_id)
),
places AS (
    SELECT what, place_id, any_value(lat) AS lat, any_value(lon) AS lon, min(series_id) AS series_id
    FROM counting
    WHERE is_fine AND lat IS NOT NULL AND lon IS NOT NULL
    GROUP BY what, place_id
)
SELECT one, other
FROM (
    SELECT min(series_id) OVER (PARTITION BY what, country, place_admin) AS one, series_id AS other
    FROM counting
    WHERE country IS NOT NULL AND place_admin IS NOT NULL
    UNION
    SELECT p.series_id AS one, c.series_id AS other
    FROM counting AS c
    JOIN places AS p USING (what, place_id)
    UNION
    -- half a degree of latitude is more than 50 km
    SELECT least(a.series_id, b.series_id) AS one, greatest(a.series_id, b.series_id) AS other
    FROM places AS a
    JOIN places AS b ON a.what = b.what AND a.place_id < b.place_id AND b.lat BETWEEN a.lat - 0.5 AND a.lat + 0.5
    WHERE mart.kilometres(a.lat, a.lon, b.lat, b.lon) <= 50
)
WHERE one <> other
ORDER BY one, other;
