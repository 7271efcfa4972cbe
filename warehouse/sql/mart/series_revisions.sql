-- One row = one figure of one running toll, in order of publication, beside the one before. Unit: persons.
-- A count that goes down stays a correction downwards (`down`). A count that starts anew from a later day is a series of its own; its
-- first figure is a `restart` when the same origin's count of the same people there had ended before, and has no `change`.
-- Beware: where only the day is known, the order of different same-day figures is unknown: `unordered`, no `change`.
INSERT INTO mart.series_revisions BY NAME
WITH timed AS (
    SELECT
        *,
        CASE
            WHEN count(DISTINCT article_id) OVER same_day = 1 THEN version::DOUBLE
            WHEN bool_and(published_at IS NOT NULL) OVER same_day THEN epoch(published_at)
            ELSE 0.0
        END AS tick
    FROM mart.series_tolls()
    WINDOW same_day AS (PARTITION BY series_id, reported_on)
),
steps AS (
    SELECT
        series_id, reported_on, tick,
        count(DISTINCT said) AS n_numbers, min(said) AS low, max(said) AS high, min(figure_id) AS first_figure_id
    FROM timed
    GROUP BY ALL
),
chained AS (
    SELECT
        *,
        lag(n_numbers) OVER chain AS before_n,
        lag(low) OVER chain AS before_low,
        lag(high) OVER chain AS before_high,
        lag(first_figure_id) OVER chain AS before_figure_id
    FROM steps
    WINDOW chain AS (PARTITION BY series_id ORDER BY reported_on, tick)
),
ends AS (
    SELECT
        series_id,
        min(reported_on) AS first_on,
        max(reported_on) AS last_on,
        arg_max(first_figure_id, (reported_on, tick)) AS last_figure_id
    FROM steps
    GROUP BY series_id
),
begun AS MATERIALIZED (
    -- kept apart, so that the two sides below meet by who counts what and where, never by their days alone
    SELECT
        s.series_id, s.origin_id, s.outcome, s.victim_status, s.victim_group, s.demographic, s.place_id, s.place_name, s.since_on,
        e.first_on, e.last_on, e.last_figure_id
    FROM core.series AS s
    JOIN ends AS e USING (series_id)
    WHERE s.since_on IS NOT NULL
),
restarts AS (
    -- the same origin's latest earlier start of the same count, which had ended when this one began
    SELECT a.series_id, arg_max(b.last_figure_id, (b.since_on, b.last_on)) AS earlier_figure_id
    FROM begun AS a
    JOIN begun AS b
        ON b.origin_id = a.origin_id
        AND b.outcome = a.outcome
        AND b.victim_status = a.victim_status
        AND b.victim_group IS NOT DISTINCT FROM a.victim_group
        AND b.demographic IS NOT DISTINCT FROM a.demographic
        AND b.place_id IS NOT DISTINCT FROM a.place_id
        AND (a.place_id IS NOT NULL OR b.place_name IS NOT DISTINCT FROM a.place_name)
        AND b.since_on < a.since_on
        AND b.last_on < a.first_on
    GROUP BY a.series_id
)
SELECT
    t.series_id,
    mart.counted_in_words(s.victim_group, s.victim_status, s.demographic, s.outcome) AS what,
    coalesce(s.place_name, s.place_admin, s.country) AS place,
    s.origin_id,
    n.name AS origin,
    s.since_on,
    s.since_text,
    t.figure_id,
    t.reported_on AS published_on,
    t.published_at,
    a.publisher,
    mart.count_shown(t.bound, t.count_stated, t.count_min, t.count_max, t.quantity_text) AS count_shown,
    t.count_min,
    t.count_max,
    t.review,
    c.n_numbers = 1 AS order_known,
    CASE
        WHEN c.n_numbers > 1 THEN NULL
        WHEN c.before_n IS NULL THEN r.earlier_figure_id
        WHEN c.before_n = 1 THEN c.before_figure_id
    END AS previous_figure_id,
    CASE WHEN c.n_numbers = 1 AND c.before_n = 1 THEN t.said - c.before_low END AS change,
    CASE
        WHEN c.n_numbers > 1 THEN 'unordered'
        WHEN c.before_n IS NULL THEN CASE WHEN r.earlier_figure_id IS NULL THEN 'first' ELSE 'restart' END
        WHEN t.said > c.before_high THEN 'up'
        WHEN t.said < c.before_low THEN 'down'
        WHEN c.before_low = c.before_high THEN 'same'
        ELSE 'unordered'
    END AS revision
FROM timed AS t
JOIN chained AS c USING (series_id, reported_on, tick)
JOIN core.series AS s USING (series_id)
JOIN core.sources AS n ON n.source_id = s.origin_id
JOIN core.articles AS a ON a.article_id = t.article_id
LEFT JOIN restarts AS r ON r.series_id = t.series_id
ORDER BY s.origin_id, what, place, s.since_on NULLS FIRST, t.series_id, t.reported_on, t.tick, t.figure_id;
