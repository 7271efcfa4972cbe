-- One row = one cell of one incident: what all origins say, each with its latest figure. Unit: persons.
-- lowest and highest are numbers as said (600 for `over 600`). is_conflict: the intervals that two origins leave open do not
-- meet, with the tolerances of mart.tolerance; `at least 62` and 135 do not contradict each other.
-- Beware: a range over origins is no estimate, and its middle is nobody's statement. Never add cells.
INSERT INTO mart.incident_tolls BY NAME
WITH origins AS (
    SELECT * FROM mart.origin_tolls(DATE '9999-12-31')
),
publishers AS (
    SELECT o.incident_id, o.outcome, o.victim_side, o.victim_status, o.demographic, count(DISTINCT a.publisher_id)::INTEGER AS n_publishers
    FROM (SELECT *, unnest(figure_ids) AS one_figure FROM origins) AS o
    JOIN core.figures AS f ON f.figure_id = o.one_figure AND f.valid_to IS NULL
    JOIN core.articles AS a ON a.article_id = f.article_id
    GROUP BY ALL
)
SELECT
    o.incident_id, o.incident, o.outcome, o.victim_side, o.victim_status, o.demographic,
    min(o.said_low) AS lowest,
    max(o.said_high) AS highest,
    max(o.said_high) - min(o.said_low) AS spread,
    count(*)::INTEGER AS n_distinct_origins,
    any_value(p.n_publishers) AS n_publishers,
    max(o.holds_from) > min(o.holds_to) AS is_conflict,
    flatten(list(o.figure_ids ORDER BY o.last_reported_on, o.origin_id)) AS figure_ids
FROM origins AS o
JOIN publishers AS p USING (incident_id, outcome, victim_side, victim_status, demographic)
GROUP BY o.incident_id, o.incident, o.outcome, o.victim_side, o.victim_status, o.demographic
ORDER BY o.incident_id, o.outcome, o.victim_side, o.victim_status, o.demographic;
