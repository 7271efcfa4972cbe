-- One row = the latest figure of one running toll, beside those of other origins that count the same people in the same area
-- (rows with one series_group). Unit: persons. Needs the scratch table series_groups.
-- Of several different figures of the last day with no known order the row spans all, as in mart.figure_comparison.
-- Beware: starts differ; compare since_text before comparing numbers. These numbers are in no incident's toll.
INSERT INTO mart.series_comparison BY NAME
WITH counted AS (
    FROM mart.series_tolls() WHERE is_current
),
last_day AS (
    SELECT *, bool_and(published_at IS NOT NULL) OVER (PARTITION BY series_id) AS is_timed, max(published_at) OVER (PARTITION BY series_id) AS last_at
    FROM (SELECT *, max(reported_on) OVER (PARTITION BY series_id) AS last_on FROM counted)
    WHERE reported_on = last_on
),
latest AS (
    SELECT *, row_number() OVER (PARTITION BY series_id ORDER BY (bound = 'exact'), published_at NULLS LAST, figure_id) AS place_in_line
    FROM last_day
    WHERE NOT is_timed OR published_at = last_at
),
spanned AS (
    SELECT
        series_id,
        count(DISTINCT said) <= 1 AS order_known,
        min(said) AS said_low,
        max(said) AS said_high,
        bool_or(count_max IS NULL) AS open_above,
        max(review) AS least_review,  -- machine_read > confirmed > amended: a span is reviewed when all of it is
        CASE WHEN bool_and(count_min IS NOT NULL) THEN min(count_min) END AS span_min,
        CASE WHEN bool_and(count_max IS NOT NULL) THEN max(count_max) END AS span_max
    FROM latest
    GROUP BY series_id
),
summed AS (
    SELECT
        series_id,
        min(reported_on) AS first_reported_on,
        max(reported_on) AS last_reported_on,
        count(*)::INTEGER AS n_figures,
        list(figure_id ORDER BY reported_on, published_at NULLS LAST, figure_id) AS figure_ids
    FROM counted
    GROUP BY series_id
)
SELECT
    g.series_group,
    s.series_id,
    mart.counted_in_words(s.victim_group, s.victim_status, s.demographic, s.outcome) AS what,
    coalesce(s.place_name, s.place_admin, s.country) AS place,
    s.origin_id,
    n.name AS origin,
    n.kind AS origin_kind,
    s.since_text,
    s.since_on,
    CASE
        WHEN w.order_known THEN mart.count_shown(l.bound, l.count_stated, l.count_min, l.count_max, l.quantity_text)
        ELSE concat(w.said_low, ' to ', CASE WHEN w.open_above THEN '≥ ' ELSE '' END, w.said_high)
    END AS count_shown,
    CASE WHEN w.order_known THEN l.count_min ELSE w.span_min END AS count_min,
    CASE WHEN w.order_known THEN l.count_max ELSE w.span_max END AS count_max,
    CASE WHEN w.order_known THEN l.review ELSE w.least_review END AS review,
    t.first_reported_on,
    t.last_reported_on,
    t.n_figures,
    l.figure_id,
    t.figure_ids
FROM core.series AS s
JOIN series_groups AS g USING (series_id)
JOIN summed AS t USING (series_id)
JOIN latest AS l ON l.series_id = s.series_id AND l.place_in_line = 1
JOIN spanned AS w ON w.series_id = s.series_id
JOIN core.sources AS n ON n.source_id = s.origin_id
ORDER BY g.series_group, t.last_reported_on, s.series_id;
