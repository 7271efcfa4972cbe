-- Scratch tables that several marts are made from, in the connection that fills them. None of them is published.

-- Scratch table without_weakest: the rows of mart.tolls that are left when the report which is linked to the incident with the least
-- probability is taken away; only of those origins and cells from which it takes something. An incident whose links are all
-- equally probable has no weakest.
CREATE OR REPLACE TEMP TABLE without_weakest AS
WITH weakest AS (
    SELECT incident_id, min(match_probability) AS weakest
    FROM core.incident_reports
    WHERE match_probability IS NOT NULL
    GROUP BY incident_id
    HAVING min(match_probability) < max(match_probability)
),
touched AS (
    SELECT DISTINCT t.incident_id, t.cell_id, t.origin_id, w.weakest
    FROM mart.tolls AS t
    JOIN weakest AS w ON w.incident_id = t.incident_id AND w.weakest = t.match_probability
    WHERE t.counts_alone
)
SELECT t.*
FROM mart.tolls AS t
JOIN touched AS w USING (incident_id, cell_id, origin_id)
WHERE t.match_probability IS DISTINCT FROM w.weakest
UNION ALL
-- marks that the line was touched, so that an origin of which nothing is left is not taken as it was
SELECT t.* REPLACE (false AS counts_alone)
FROM mart.tolls AS t
JOIN touched AS w USING (incident_id, cell_id, origin_id)
WHERE t.match_probability = w.weakest;

-- The rows of mart.tolls that a person reviewed.
CREATE OR REPLACE TEMP TABLE reviewed_only AS
SELECT * FROM mart.tolls WHERE review IN ('confirmed', 'amended');

-- Two origins of one cell, as mart.origin_pairs judges them.
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT
    incident_id, cell_id, origin_id, other_origin_id, gap, gap_ratio, other_is_higher,
    status::ENUM ('compatible', 'overlap', 'not_comparable', 'conflict') AS status  -- millions of rows: a byte each
FROM mart.origin_pairs();

-- Two origins of different organisations that report one incident, and whether they do so in one and the same story.
CREATE OR REPLACE TEMP TABLE both_reporting AS
WITH reporting AS (
    SELECT c.incident_id, c.origin_id, list_distinct(flatten(list(c.story_ids))) AS story_ids, coalesce(any_value(s.parent_source_id), c.origin_id) AS organisation_id
    FROM mart.figure_comparison AS c
    JOIN core.sources AS s ON s.source_id = c.origin_id
    GROUP BY c.incident_id, c.origin_id
)
SELECT a.incident_id, a.origin_id, b.origin_id AS other_origin_id, list_has_any(a.story_ids, b.story_ids) AS same_story
FROM reporting AS a
JOIN reporting AS b ON a.incident_id = b.incident_id AND a.origin_id < b.origin_id AND a.organisation_id <> b.organisation_id;
