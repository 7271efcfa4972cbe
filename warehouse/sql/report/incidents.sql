-- One row = one incident that matches the filters, with how many distinct origins its best covered cell has.
-- Beware: the place is looked for in the names of the incident and in every place as its reports printed it, without
-- accents and hyphens; an incident without a day matches no day filter.
WITH matching AS (
    SELECT i.*
    FROM core.incidents AS i
    WHERE ($place IS NULL
           OR i.country = $country
           OR contains(translate(strip_accents(lower(concat_ws(' ', i.label, i.place_name, i.place_admin))), '-''‘’ʿʾ`´', ' '), $place)
           OR EXISTS (
               SELECT 1 FROM core.incident_reports AS link JOIN core.reports AS report USING (report_id)
               WHERE link.incident_id = i.incident_id
                 AND contains(translate(strip_accents(lower(report.place_text)), '-''‘’ʿʾ`´', ' '), $place)))
      AND ($from_day IS NULL OR coalesce(i.event_date_end, i.event_date_start) >= $from_day)
      AND ($to_day IS NULL OR coalesce(i.event_date_start, i.event_date_end) <= $to_day)
      AND ($incident_id IS NULL OR i.incident_id = $incident_id)
), coverage AS (
    SELECT incident_id, max(n_distinct_origins) AS n_origins
    FROM mart.incident_tolls
    WHERE $outcome IS NULL OR outcome = $outcome
    GROUP BY incident_id
    HAVING max(n_distinct_origins) >= $min_sources
)
SELECT m.incident_id, m.label, m.event_date_start, m.event_date_end, m.place_name, m.place_admin, m.country, m.attacker_group,
       m.n_reports, m.n_articles, m.contained_in_incident_id, larger.label AS contained_in,
       (SELECT list(smaller.label ORDER BY smaller.event_date_start, smaller.incident_id) FROM core.incidents AS smaller
        WHERE smaller.contained_in_incident_id = m.incident_id) AS contains,
       c.n_origins,
       count(*) OVER () AS n_matching
FROM matching AS m
JOIN coverage AS c USING (incident_id)
LEFT JOIN core.incidents AS larger ON larger.incident_id = m.contained_in_incident_id
ORDER BY c.n_origins DESC, m.n_articles DESC, m.event_date_start DESC NULLS LAST, m.incident_id
LIMIT $max_incidents
