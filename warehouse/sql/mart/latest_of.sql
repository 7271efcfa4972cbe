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
-- Everything is grouped by one origin's figures of one cell (a line), with country and day of the incident named along, no step is kept
-- apart (NOT MATERIALIZED), none joins the rows with themselves or asks for each row anew: so a filter on the incident, its country and
-- day, or on the origin reaches the stored rows. Most lines are one figure: those go by without being gathered.
-- Beware: never add rows; parts and wholes, and several origins, stand side by side.
CREATE OR REPLACE MACRO mart.latest_of(source, day) AS TABLE
WITH known AS NOT MATERIALIZED (
    -- standing: a total of the origin's own before a sum of parts, either before a share of others. place: standing and day in one number;
    -- moment: those and the time, where it is known
    SELECT *, (place::HUGEINT << 64) + epoch_us(published_at) AS moment
    FROM (
        SELECT *, standing * 1000000 + date_diff('day', DATE '1500-01-01', reported_on) AS place
        FROM (SELECT *, CASE WHEN is_derived THEN 1 WHEN relation = 'total' THEN 2 ELSE 0 END AS standing FROM query_table(source))
    )
    WHERE counts_alone AND known_on <= day AND (edited_on IS NULL OR edited_on > day)
),
counted AS NOT MATERIALIZED (
    SELECT
        *,
        -- the last day, and on it, where all times are known, the last time
        place = last_place AND (last_untimed IS NOT DISTINCT FROM last_place OR moment = last_moment) AS is_latest
    FROM (
        SELECT
            *,
            max(place) OVER line AS last_place,
            max(place) FILTER (published_at IS NULL) OVER line AS last_untimed,
            max(moment) OVER line AS last_moment
        FROM known
        WHERE n_of_origin > 1
        WINDOW line AS (PARTITION BY incident_id, cell_id, origin_id, country, event_date_start)
    )
    WHERE standing = last_place // 1000000
),
gathered AS NOT MATERIALIZED (
    SELECT
        incident_id, incident, country, event_date_start, outcome, victim_side, victim_status, demographic, cell_id, origin_id,
        reported_on AS first_reported_on,
        reported_on AS last_reported_on,
        CASE WHEN publisher_id IS NULL THEN 0 ELSE 1 END AS n_publishers,
        coalesce(derived_from, [figure_id]) AS figure_ids,
        CASE WHEN story_id IS NOT NULL THEN [story_id] ELSE [] END AS story_ids,
        n_quarantined,
        review IN ('confirmed', 'amended') AS is_reviewed,
        true AS order_known,
        CASE WHEN bound = 'range' THEN count_min ELSE said END AS said_low,
        CASE WHEN bound = 'range' THEN count_max ELSE said END AS said_high,
        false AS open_above,
        count_min AS span_min,
        count_max AS span_max,
        holds_from AS span_from,
        holds_to AS span_to,
        [reported_on] AS days,
        [holds_from] AS days_from,
        [holds_to] AS days_to,
        {
            figure_id: figure_id, bound: bound, count_stated: count_stated, count_min: count_min, count_max: count_max, quantity_text: quantity_text,
            stance: stance, source_kind: source_kind, is_paraphrase: is_paraphrase, is_derived: is_derived, holds_from: holds_from, holds_to: holds_to
        } AS shown
    FROM known
    WHERE n_of_origin = 1
    UNION ALL BY NAME
    SELECT
        incident_id, any_value(incident) AS incident, country, event_date_start,
        any_value(outcome) AS outcome, any_value(victim_side) AS victim_side, any_value(victim_status) AS victim_status, any_value(demographic) AS demographic,
        cell_id, origin_id,
        min(reported_on) AS first_reported_on,
        max(reported_on) AS last_reported_on,
        len(list_distinct(list(publisher_id))) AS n_publishers,
        flatten(list(coalesce(derived_from, [figure_id]) ORDER BY reported_on, published_at NULLS LAST, figure_id)) AS figure_ids,
        list_sort(list_distinct(list(story_id))) AS story_ids,
        list_sum(list_transform(list_distinct(list({version: article_version_id, n: n_quarantined})), lambda item: item.n)) AS n_quarantined,
        bool_and(review IN ('confirmed', 'amended')) FILTER (is_latest) AS is_reviewed,
        min(said) FILTER (is_latest) IS NOT DISTINCT FROM max(said) FILTER (is_latest) AS order_known,
        min(CASE WHEN bound = 'range' THEN count_min ELSE said END) FILTER (is_latest) AS said_low,
        max(CASE WHEN bound = 'range' THEN count_max ELSE said END) FILTER (is_latest) AS said_high,
        bool_or(count_max IS NULL) FILTER (is_latest) AS open_above,
        CASE WHEN bool_and(count_min IS NOT NULL) FILTER (is_latest) THEN min(count_min) FILTER (is_latest) END AS span_min,
        CASE WHEN bool_and(count_max IS NOT NULL) FILTER (is_latest) THEN max(count_max) FILTER (is_latest) END AS span_max,
        min(holds_from) FILTER (is_latest) AS span_from,
        max(holds_to) FILTER (is_latest) AS span_to,
        list(reported_on ORDER BY reported_on, figure_id) AS days,
        list(holds_from ORDER BY reported_on, figure_id) AS days_from,
        list(holds_to ORDER BY reported_on, figure_id) AS days_to,
        arg_min(
            {
                figure_id: figure_id, bound: bound, count_stated: count_stated, count_min: count_min, count_max: count_max, quantity_text: quantity_text,
                stance: stance, source_kind: source_kind, is_paraphrase: is_paraphrase, is_derived: is_derived, holds_from: holds_from, holds_to: holds_to
            },
            {own: NOT is_own_print, exact: bound = 'exact', time: coalesce(epoch_us(published_at), 9e18::BIGINT), figure_id: figure_id}
        ) FILTER (is_latest) AS shown
    FROM counted
    GROUP BY incident_id, cell_id, origin_id, country, event_date_start
)
SELECT
    t.incident_id, t.incident, t.country, t.event_date_start, t.outcome, t.victim_side, t.victim_status, t.demographic, t.cell_id, t.origin_id,
    s.name AS origin,
    -- the row for all unnamed sources of a publisher has no kind: what the figure shown says of its source stands in
    coalesce(s.kind, t.shown.source_kind) AS origin_kind,
    above.name AS origin_parent,
    mart.party_among(p.affiliations, t.country, coalesce(t.event_date_start, t.first_reported_on)) AS origin_affiliation,
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
    t.first_reported_on, t.last_reported_on, len(t.figure_ids)::INTEGER AS n_figures, t.n_publishers::INTEGER AS n_publishers, len(t.story_ids)::INTEGER AS n_stories,
    t.n_quarantined::INTEGER AS n_quarantined,
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
FROM gathered AS t
JOIN core.sources AS s ON s.source_id = t.origin_id
LEFT JOIN core.sources AS above ON above.source_id = s.parent_source_id
LEFT JOIN (SELECT source_id, list(a) AS affiliations FROM core.source_affiliations AS a GROUP BY source_id) AS p ON p.source_id = t.origin_id;
