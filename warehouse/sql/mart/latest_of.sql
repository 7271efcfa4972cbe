-- mart.latest_of(source, day): the figures of `source` (mart.tolls, or a table of its columns without some rows, to see what rests on
-- them) as one would have known them at the end of `day` (a DATE).
-- One row = one origin's latest figure for one cell of one incident, with the numbers that comparing needs: said_* (what is said:
-- 600 for `over 600`) and holds_* (the interval it leaves open, with tolerance). Unit: persons.
-- Publication decides what was known (see tolls.sql); later articles, edits first seen later, and the time of a re-reading
-- play no part. Which reports belong to one incident is today's knowledge, and so is what a person corrected since.
--
-- Later days beat earlier days. On the last day a known time decides; where the order is not known the row
-- spans all different figures of that day (order_known = false): which came last is never inferred from size.
-- Of one number printed several times, the origin's own print is shown, then one that kept its bound (`at least 246` before 246).
--
-- Every window and group is one origin's figures of one cell, with country and day of the incident named along: so a filter on the
-- incident, its country and day, or on the origin is applied before anything is computed.
-- Beware: never add rows; parts and wholes, and several origins, stand side by side.
CREATE OR REPLACE MACRO mart.latest_of(source, day) AS TABLE
WITH counted AS (
    SELECT *
    FROM (
        SELECT
            *,
            bool_or(relation = 'total' AND NOT is_derived) OVER whole AS has_total,
            bool_or(is_derived) OVER whole AS has_sum
        FROM query_table(source)
        WHERE counts_alone AND known_on <= day AND (edited_on IS NULL OR edited_on > day)
        WINDOW whole AS (PARTITION BY incident_id, cell_id, origin_id, country, event_date_start)
    )
    -- a total of its own before a sum of parts, either before a share of others
    WHERE CASE WHEN is_derived THEN NOT has_total WHEN relation = 'part_of' THEN NOT (has_total OR has_sum) ELSE true END
),
dated AS (
    SELECT *, reported_on = max(reported_on) OVER whole AS is_last_day
    FROM counted
    WINDOW whole AS (PARTITION BY incident_id, cell_id, origin_id, country, event_date_start)
),
timed AS (
    SELECT
        *,
        bool_and(published_at IS NOT NULL) FILTER (is_last_day) OVER whole AS is_timed,
        max(published_at) FILTER (is_last_day) OVER whole AS last_at
    FROM dated
    WINDOW whole AS (PARTITION BY incident_id, cell_id, origin_id, country, event_date_start)
),
ranked AS (
    SELECT
        timed.*,
        is_last_day AND (NOT is_timed OR published_at = last_at) AS is_latest,
        [(p.source_id IS DISTINCT FROM timed.origin_id)::BIGINT, (bound = 'exact')::BIGINT, coalesce(epoch_us(published_at), 9e18::BIGINT)] AS line
    FROM timed
    LEFT JOIN core.publishers AS p USING (publisher_id)
),
summed AS (
    SELECT
        incident_id, cell_id, origin_id, country, event_date_start,
        any_value(incident) AS incident,
        any_value(outcome) AS outcome,
        any_value(victim_side) AS victim_side,
        any_value(victim_status) AS victim_status,
        any_value(demographic) AS demographic,
        list(reported_on ORDER BY reported_on, figure_id) AS days,
        list(holds_from ORDER BY reported_on, figure_id) AS days_from,
        list(holds_to ORDER BY reported_on, figure_id) AS days_to,
        min(reported_on) AS first_reported_on,
        max(reported_on) AS last_reported_on,
        len(list_distinct(list(publisher_id)))::INTEGER AS n_publishers,
        flatten(list(coalesce(derived_from, [figure_id]) ORDER BY reported_on, published_at NULLS LAST, figure_id)) AS figure_ids,
        list_sort(list_distinct(list(story_id))) AS story_ids,
        list_distinct(list({version: article_version_id, n: n_quarantined}) FILTER (n_quarantined > 0)) AS held_back,
        bool_and(review IN ('confirmed', 'amended')) FILTER (is_latest) AS is_reviewed,
        min(said) FILTER (is_latest) IS NOT DISTINCT FROM max(said) FILTER (is_latest) AS order_known,
        min(CASE WHEN bound = 'range' THEN count_min ELSE said END) FILTER (is_latest) AS said_low,
        max(CASE WHEN bound = 'range' THEN count_max ELSE said END) FILTER (is_latest) AS said_high,
        bool_or(count_max IS NULL) FILTER (is_latest) AS open_above,
        CASE WHEN bool_and(count_min IS NOT NULL) FILTER (is_latest) THEN min(count_min) FILTER (is_latest) END AS span_min,
        CASE WHEN bool_and(count_max IS NOT NULL) FILTER (is_latest) THEN max(count_max) FILTER (is_latest) END AS span_max,
        min(holds_from) FILTER (is_latest) AS span_from,
        max(holds_to) FILTER (is_latest) AS span_to,
        arg_min(
            {
                figure_id: figure_id, bound: bound, count_stated: count_stated, count_min: count_min, count_max: count_max, quantity_text: quantity_text,
                stance: stance, source_kind: source_kind, is_paraphrase: is_paraphrase, is_derived: is_derived, holds_from: holds_from, holds_to: holds_to
            },
            {line: line, figure_id: figure_id}
        ) FILTER (is_latest) AS shown
    FROM ranked
    GROUP BY incident_id, cell_id, origin_id, country, event_date_start
)
SELECT
    t.incident_id, t.incident, t.country, t.event_date_start, t.outcome, t.victim_side, t.victim_status, t.demographic, t.cell_id, t.origin_id,
    s.name AS origin,
    -- the row for all unnamed sources of a publisher has no kind: what the figure shown says of its source stands in
    coalesce(s.kind, t.shown.source_kind) AS origin_kind,
    s.affiliation AS origin_affiliation,
    CASE
        WHEN t.order_known THEN mart.count_shown(t.shown.bound, t.shown.count_stated, t.shown.count_min, t.shown.count_max, t.shown.quantity_text)
        ELSE concat(t.said_low, ' to ', CASE WHEN t.open_above THEN '≥ ' ELSE '' END, t.said_high)
    END AS count_shown,
    CASE WHEN t.order_known THEN t.shown.count_stated END AS count_stated,
    CASE WHEN t.order_known THEN t.shown.count_min ELSE t.span_min END AS count_min,
    CASE WHEN t.order_known THEN t.shown.count_max ELSE t.span_max END AS count_max,
    CASE WHEN t.order_known THEN t.shown.bound ELSE 'range' END AS bound,
    t.shown.stance AS stance,
    t.order_known,
    t.first_reported_on, t.last_reported_on, len(t.figure_ids)::INTEGER AS n_figures, t.n_publishers, len(t.story_ids)::INTEGER AS n_stories,
    coalesce(list_sum(list_transform(t.held_back, lambda item: item.n)), 0)::INTEGER AS n_quarantined,
    t.is_reviewed,
    t.shown.figure_id AS figure_id,
    t.figure_ids,
    t.story_ids,
    t.shown.is_paraphrase AS is_paraphrase,
    t.shown.is_derived AS is_derived,
    t.days,
    t.days_from,
    t.days_to,
    t.said_low,
    t.said_high,
    CASE WHEN t.order_known THEN t.shown.holds_from ELSE t.span_from END AS holds_from,
    CASE WHEN t.order_known THEN t.shown.holds_to ELSE t.span_to END AS holds_to
FROM summed AS t
JOIN core.sources AS s ON s.source_id = t.origin_id;
