-- One row = one origin's latest figure for one cell of one incident, as known at the end of `day`, with the numbers that
-- comparing needs: said_* (what is said: 600 for `over 600`) and holds_* (the interval it leaves open, with tolerance).
-- Unit: persons. Later days beat earlier days. On the last day a known time decides; where the order is not known the row
-- spans all different figures of that day (order_known = false): which came last is never inferred from size.
-- Of one number printed several times, the origin's own print is shown, then one that kept its bound (`at least 246` before 246).
CREATE OR REPLACE MACRO mart.origin_tolls(day) AS TABLE
WITH counted AS (
    SELECT * FROM mart.tolls(day) WHERE left_out IS NULL AND superseded_by IS NULL
),
summed AS (
    SELECT
        incident_id, incident, outcome, victim_side, victim_status, demographic, origin_id,
        min(reported_on) AS first_reported_on,
        max(reported_on) AS last_reported_on,
        count(*)::INTEGER AS n_figures,
        count(DISTINCT publisher_id)::INTEGER AS n_publishers,
        count(DISTINCT story_id)::INTEGER AS n_stories,
        list(figure_id ORDER BY reported_on, published_at NULLS LAST, figure_id) AS figure_ids,
        list(DISTINCT article_version_id) AS version_ids
    FROM counted
    GROUP BY ALL
),
last_day AS (
    SELECT *, bool_and(published_at IS NOT NULL) OVER whole AS is_timed, max(published_at) OVER whole AS last_at
    FROM (
        SELECT *, max(reported_on) OVER (PARTITION BY incident_id, outcome, victim_side, victim_status, demographic, origin_id) AS last_on
        FROM counted
    )
    WHERE reported_on = last_on
    WINDOW whole AS (PARTITION BY incident_id, outcome, victim_side, victim_status, demographic, origin_id)
),
latest AS (
    SELECT
        l.*,
        mart.number_said(l.count_stated, l.count_min, l.count_max) AS said,
        coalesce(l.count_min, 0) * (1 - mart.tolerance(l.bound, l.count_stated)) AS holds_from,
        coalesce(l.count_max * (1 + mart.tolerance(l.bound, l.count_stated)), 'infinity'::DOUBLE) AS holds_to,
        row_number() OVER (
            PARTITION BY l.incident_id, l.outcome, l.victim_side, l.victim_status, l.demographic, l.origin_id
            ORDER BY (p.source_id IS DISTINCT FROM l.origin_id), (l.bound = 'exact'), l.published_at NULLS LAST, l.figure_id
        ) AS place_in_line
    FROM last_day AS l
    LEFT JOIN core.publishers AS p USING (publisher_id)
    WHERE NOT is_timed OR published_at = last_at
),
spanned AS (
    SELECT
        incident_id, outcome, victim_side, victim_status, demographic, origin_id,
        count(DISTINCT said) <= 1 AS order_known,
        min(CASE WHEN bound = 'range' THEN count_min ELSE said END) AS said_low,
        max(CASE WHEN bound = 'range' THEN count_max ELSE said END) AS said_high,
        bool_or(count_max IS NULL) AS open_above,
        CASE WHEN bool_and(count_min IS NOT NULL) THEN min(count_min) END AS span_min,
        CASE WHEN bool_and(count_max IS NOT NULL) THEN max(count_max) END AS span_max,
        min(holds_from) AS span_from,
        max(holds_to) AS span_to
    FROM latest
    GROUP BY ALL
),
quarantined AS (
    SELECT article_version_id, row_json ->> '$.outcome' AS outcome, count(DISTINCT figure_id) AS n
    FROM ops.quarantine
    WHERE readmitted_at IS NULL
    GROUP BY ALL
)
SELECT
    t.incident_id, t.incident, t.outcome, t.victim_side, t.victim_status, t.demographic, t.origin_id,
    s.name AS origin,
    -- the row for all unnamed sources of a publisher has no kind: what the figure shown says of its source stands in
    coalesce(s.kind, l.source_kind) AS origin_kind,
    s.affiliation AS origin_affiliation,
    CASE
        WHEN w.order_known THEN mart.count_shown(l.bound, l.count_stated, l.count_min, l.count_max, l.quantity_text)
        ELSE concat(w.said_low, ' to ', CASE WHEN w.open_above THEN '≥ ' ELSE '' END, w.said_high)
    END AS count_shown,
    CASE WHEN w.order_known THEN l.count_stated END AS count_stated,
    CASE WHEN w.order_known THEN l.count_min ELSE w.span_min END AS count_min,
    CASE WHEN w.order_known THEN l.count_max ELSE w.span_max END AS count_max,
    CASE WHEN w.order_known THEN l.bound ELSE 'range' END AS bound,
    l.stance,
    w.order_known,
    t.first_reported_on, t.last_reported_on, t.n_figures, t.n_publishers, t.n_stories,
    coalesce((
        SELECT sum(q.n) FROM quarantined AS q WHERE q.outcome = t.outcome AND list_contains(t.version_ids, q.article_version_id)
    ), 0)::INTEGER AS n_quarantined,
    l.figure_id,
    t.figure_ids,
    l.is_paraphrase,
    w.said_low,
    w.said_high,
    CASE WHEN w.order_known THEN l.holds_from ELSE w.span_from END AS holds_from,
    CASE WHEN w.order_known THEN l.holds_to ELSE w.span_to END AS holds_to
FROM summed AS t
JOIN latest AS l USING (incident_id, outcome, victim_side, victim_status, demographic, origin_id)
JOIN spanned AS w USING (incident_id, outcome, victim_side, victim_status, demographic, origin_id)
JOIN core.sources AS s ON s.source_id = t.origin_id
WHERE l.place_in_line = 1;
