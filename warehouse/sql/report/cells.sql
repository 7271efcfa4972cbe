-- One row = one origin in one cell of one of the incidents asked for, with the cell's range and the origin's publishers.
-- Beware: never add rows. Cells overlap: `civilian` may be a share of `people`.
SELECT c.*, t.lowest, t.highest, t.spread, t.n_distinct_origins, t.n_publishers AS n_cell_publishers, t.is_conflict, t.status, t.gap, t.gap_ratio,
       t.lowest_without_one, t.highest_without_one, t.lowest_reviewed, t.highest_reviewed, t.lowest_without_weakest_link,
       t.highest_without_weakest_link,
       (SELECT list_sort(list(DISTINCT r.publisher)) FROM mart.toll_revisions AS r
        WHERE r.figure_id IN (SELECT unnest(c.figure_ids)) AND r.publisher IS NOT NULL) AS publishers
FROM mart.figure_comparison AS c
JOIN mart.incident_tolls AS t USING (incident_id, outcome, victim_side, victim_status, demographic)
WHERE c.incident_id IN (SELECT unnest($incident_ids::UBIGINT[]))
  AND ($outcome IS NULL OR c.outcome = $outcome)
  AND t.n_distinct_origins >= $min_sources
ORDER BY c.incident_id, c.outcome, c.victim_side, c.victim_status, c.demographic, c.count_min DESC NULLS LAST, c.origin
