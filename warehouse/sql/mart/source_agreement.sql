-- One row = two origins over the incidents that both report. Unit: incidents and cells.
-- Left out: pairs of one organisation (an office and whom it speaks for), and incidents in which both stand in one and the same
-- story: a text that quotes both is one witness of the incident, not two. Needs the scratch tables pairs and
-- both_reporting.
-- Beware: no basis for estimating what nobody reported. Which incidents two origins both report is not chance (the large, the near,
-- the accessible), so capture-recapture does not apply. Agreement is no accuracy: two may repeat one mistake.
INSERT INTO mart.source_agreement BY NAME
WITH reach AS (
    SELECT origin_id, count(DISTINCT incident_id)::INTEGER AS n FROM mart.figure_comparison GROUP BY origin_id
),
both_report AS (
    SELECT
        origin_id, other_origin_id,
        count(*) FILTER (NOT same_story)::INTEGER AS n_both,
        count(*) FILTER (same_story)::INTEGER AS n_left_out,
        coalesce(list(incident_id ORDER BY incident_id) FILTER (NOT same_story), []) AS incident_ids
    FROM both_reporting
    GROUP BY origin_id, other_origin_id
),
compared AS (
    SELECT
        p.origin_id, p.other_origin_id,
        count(*)::INTEGER AS n_cells,
        count(*) FILTER (p.status = 'compatible')::INTEGER AS n_compatible,
        count(*) FILTER (p.status = 'overlap')::INTEGER AS n_overlap,
        count(*) FILTER (p.status = 'conflict')::INTEGER AS n_conflict,
        count(*) FILTER (p.status = 'not_comparable')::INTEGER AS n_not_comparable,
        count(*) FILTER (p.other_is_higher)::INTEGER AS n_other_higher,
        median(p.gap_ratio) FILTER (p.status = 'conflict') AS median_gap_ratio
    FROM pairs AS p
    JOIN both_reporting AS b USING (incident_id, origin_id, other_origin_id)
    WHERE NOT b.same_story
    GROUP BY p.origin_id, p.other_origin_id
)
SELECT
    b.origin_id, one.name AS origin, b.other_origin_id, other.name AS other_origin,
    x.n AS n_incidents, y.n AS n_other_incidents, b.n_both, b.n_left_out,
    b.n_both / y.n AS share_of_other,
    b.n_both / x.n AS share_by_other,
    coalesce(c.n_cells, 0) AS n_cells, coalesce(c.n_compatible, 0) AS n_compatible, coalesce(c.n_overlap, 0) AS n_overlap,
    coalesce(c.n_conflict, 0) AS n_conflict, coalesce(c.n_not_comparable, 0) AS n_not_comparable, coalesce(c.n_other_higher, 0) AS n_other_higher,
    c.median_gap_ratio,
    b.incident_ids
FROM both_report AS b
JOIN reach AS x ON x.origin_id = b.origin_id
JOIN reach AS y ON y.origin_id = b.other_origin_id
JOIN core.sources AS one ON one.source_id = b.origin_id
JOIN core.sources AS other ON other.source_id = b.other_origin_id
LEFT JOIN compared AS c ON c.origin_id = b.origin_id AND c.other_origin_id = b.other_origin_id
ORDER BY b.n_both DESC, b.origin_id, b.other_origin_id;
