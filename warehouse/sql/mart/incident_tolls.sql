-- One row = one cell of one incident: what all origins say, each with its latest figure. Unit: persons.
-- lowest and highest are numbers as said (600 for `over 600`). status: the worst that two of its origins are to each other, by
-- mart.origin_pairs: intervals with the tolerances of mart.tolerance, at a cut-off that both have; `at least 62` and 135 do not contradict each other.
-- Beside each range, how it moves: without whichever single origin, without figures that no person reviewed, and without the report
-- that is linked with the least probability. Needs the scratch tables of scratch.sql.
-- Beware: a range over origins is no estimate, and its middle is nobody's statement. Never add cells, nor an incident and the one it is contained in.
INSERT INTO mart.incident_tolls BY NAME
WITH cells AS (
    SELECT
        incident_id, cell_id,
        min(origin_id) AS origin_id,
        min(said_low) AS lowest,
        max(said_high) AS highest,
        count(*)::INTEGER AS n_distinct_origins,
        min(said_low, 2)[2] AS lowest_without_one,  -- the second lowest; null with one origin
        max(said_high, 2)[2] AS highest_without_one,
        len(list_distinct(flatten(list(story_ids))))::INTEGER AS n_stories,
        list_transform(list_sort(list({day: last_reported_on, origin_id: origin_id, figure_ids: figure_ids})), lambda item: item.figure_ids) AS by_origin
    FROM mart.figure_comparison
    GROUP BY incident_id, cell_id
),
publishers AS (
    SELECT t.incident_id, t.cell_id, len(list_distinct(list(t.publisher_id)))::INTEGER AS n_publishers
    FROM mart.tolls AS t
    WHERE t.left_out IS NULL AND t.superseded_by IS NULL
    GROUP BY t.incident_id, t.cell_id
),
judged AS (
    SELECT
        incident_id, cell_id,
        max(CASE status WHEN 'conflict' THEN 3 WHEN 'not_comparable' THEN 2 WHEN 'overlap' THEN 1 ELSE 0 END) AS worst,
        count(*) FILTER (status = 'conflict')::INTEGER AS n_conflicts,
        max(gap) FILTER (status = 'conflict') AS gap,
        max(gap_ratio) FILTER (status = 'conflict') AS gap_ratio
    FROM pairs
    GROUP BY incident_id, cell_id
),
reviewed AS (
    SELECT incident_id, cell_id, min(said_low) AS lowest_reviewed, max(said_high) AS highest_reviewed
    FROM mart.latest_of('reviewed_only', DATE '9999-12-31')
    GROUP BY incident_id, cell_id
),
stronger AS (
    SELECT incident_id, cell_id, min(said_low) AS lowest_without_weakest_link, max(said_high) AS highest_without_weakest_link
    FROM (
        SELECT incident_id, cell_id, said_low, said_high
        FROM mart.figure_comparison
        ANTI JOIN (SELECT DISTINCT incident_id, cell_id, origin_id FROM without_weakest) USING (incident_id, cell_id, origin_id)
        UNION ALL
        SELECT incident_id, cell_id, said_low, said_high FROM mart.latest_of('without_weakest', DATE '9999-12-31')
    )
    GROUP BY incident_id, cell_id
)
SELECT
    c.* EXCLUDE (cell_id, origin_id, by_origin),
    flatten(c.by_origin) AS figure_ids,
    of.incident, of.country, of.event_date_start, of.outcome, of.victim_side, of.victim_status, of.demographic,
    i.contained_in_incident_id,
    c.highest - c.lowest AS spread,
    coalesce(p.n_publishers, 0) AS n_publishers,
    CASE WHEN j.worst IS NULL THEN 'one_origin' ELSE ['compatible', 'overlap', 'not_comparable', 'conflict'][j.worst + 1] END AS status,
    coalesce(j.worst = 3, false) AS is_conflict,
    coalesce(j.n_conflicts, 0) AS n_conflicts,
    j.gap,
    j.gap_ratio,
    r.lowest_reviewed, r.highest_reviewed,
    s.lowest_without_weakest_link, s.highest_without_weakest_link
FROM cells AS c
JOIN mart.figure_comparison AS of USING (incident_id, cell_id, origin_id)  -- any of its rows says what the cell is
JOIN core.incidents AS i USING (incident_id)
LEFT JOIN publishers AS p USING (incident_id, cell_id)
LEFT JOIN judged AS j USING (incident_id, cell_id)
LEFT JOIN reviewed AS r USING (incident_id, cell_id)
LEFT JOIN stronger AS s USING (incident_id, cell_id)
ORDER BY incident_id, outcome, victim_side, victim_status, demographic;
