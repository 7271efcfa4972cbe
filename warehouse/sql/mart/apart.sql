-- mart.apart(): two origins that speak of one incident's outcome and cannot be compared at all. Filter it by incident_id.
-- One row = two different origins that never count the same people (`who is counted`), or of which the other speaks of the larger
-- incident that contains this one (`levels`). Both numbers stand as they are; a difference between them means nothing.
-- Beware: never add or subtract the two.
CREATE OR REPLACE MACRO mart.apart() AS TABLE
SELECT
    a.incident_id, a.incident, a.outcome, a.victim_side, a.victim_status, a.demographic, a.origin_id, a.origin, a.count_shown,
    b.incident_id AS other_incident_id, b.incident AS other_incident, b.victim_side AS other_victim_side, b.victim_status AS other_victim_status,
    b.demographic AS other_demographic, b.origin_id AS other_origin_id, b.origin AS other_origin, b.count_shown AS other_count_shown,
    'not_comparable' AS status, 'who is counted' AS reason, list_concat(a.figure_ids, b.figure_ids) AS figure_ids
FROM mart.figure_comparison AS a
JOIN mart.figure_comparison AS b ON a.incident_id = b.incident_id AND a.outcome = b.outcome AND a.cell_id <> b.cell_id AND a.origin_id < b.origin_id
WHERE NOT EXISTS (
    SELECT 1
    FROM mart.figure_comparison AS c
    JOIN mart.figure_comparison AS d ON c.incident_id = d.incident_id AND c.cell_id = d.cell_id
    WHERE c.incident_id = a.incident_id AND c.outcome = a.outcome AND c.origin_id = a.origin_id AND d.origin_id = b.origin_id
)
UNION ALL
SELECT
    a.incident_id, a.incident, a.outcome, a.victim_side, a.victim_status, a.demographic, a.origin_id, a.origin, a.count_shown,
    b.incident_id, b.incident, b.victim_side, b.victim_status, b.demographic, b.origin_id, b.origin, b.count_shown,
    'not_comparable', 'levels', list_concat(a.figure_ids, b.figure_ids)
FROM mart.figure_comparison AS a
JOIN core.incidents AS i ON i.incident_id = a.incident_id
JOIN mart.figure_comparison AS b ON b.incident_id = i.contained_in_incident_id AND b.outcome = a.outcome AND b.origin_id <> a.origin_id;
