-- One row = one figure of one origin for one cell of one incident, in order of publication, beside the one before. Unit: persons.
-- Figures of earlier versions of an article stay here, ordered by version. A figure that a later sentence of its own article
-- replaces is `superseded_within_article`, and stands before the one that replaces it.
-- Beware: where only the day is known, the order of different same-day figures is unknown: `unordered`, no `change`. After such a
-- day a figure above (below) all of that day's is `up` (`down`), still without `change`: against which of them is not known.
INSERT INTO mart.toll_revisions BY NAME
WITH said AS (
    SELECT *, mart.number_said(count_stated, count_min, count_max) AS number
    FROM mart.tolls(DATE '9999-12-31')
    WHERE left_out IS NULL
),
superseded AS (
    SELECT o.figure_id
    FROM said AS o
    WHERE EXISTS (SELECT 1 FROM said AS n WHERE n.supersedes_figure_id = o.figure_id)
),
timed AS (
    SELECT
        *,
        CASE
            WHEN count(DISTINCT article_id) OVER same_day = 1 THEN version::DOUBLE
            WHEN bool_and(published_at IS NOT NULL) OVER same_day THEN epoch(published_at)
            ELSE 0.0
        END AS tick
    FROM said
    WHERE figure_id NOT IN (SELECT figure_id FROM superseded)
    WINDOW same_day AS (PARTITION BY incident_id, outcome, victim_side, victim_status, demographic, origin_id, reported_on)
),
steps AS (
    SELECT
        incident_id, outcome, victim_side, victim_status, demographic, origin_id, reported_on, tick,
        count(DISTINCT number) AS n_numbers,
        min(number) AS low,
        max(number) AS high,
        min(figure_id) AS first_figure_id
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
    WINDOW chain AS (PARTITION BY incident_id, outcome, victim_side, victim_status, demographic, origin_id ORDER BY reported_on, tick)
),
ordered AS (
    SELECT
        t.figure_id,
        c.n_numbers,
        coalesce(o.figure_id, CASE WHEN c.before_n = 1 THEN c.before_figure_id END) AS previous_figure_id,
        coalesce(o.number, c.before_low) AS previous_low,
        coalesce(o.number, c.before_high) AS previous_high,
        o.figure_id IS NOT NULL AS replaces
    FROM timed AS t
    JOIN chained AS c USING (incident_id, outcome, victim_side, victim_status, demographic, origin_id, reported_on, tick)
    LEFT JOIN said AS o ON o.figure_id = t.supersedes_figure_id AND o.origin_id = t.origin_id AND o.outcome = t.outcome
)
SELECT
    s.incident_id, s.incident, s.outcome, s.victim_side, s.victim_status, s.demographic, s.origin_id,
    n.name AS origin,
    s.figure_id,
    s.reported_on AS published_on,
    s.published_at,
    s.publisher,
    mart.count_shown(s.bound, s.count_stated, s.count_min, s.count_max, s.quantity_text) AS count_shown,
    s.count_min,
    s.count_max,
    o.figure_id IS NULL OR o.n_numbers = 1 OR o.replaces AS order_known,
    CASE WHEN o.n_numbers = 1 OR o.replaces THEN o.previous_figure_id END AS previous_figure_id,
    CASE WHEN (o.n_numbers = 1 OR o.replaces) AND o.previous_figure_id IS NOT NULL THEN s.number - o.previous_low END AS change,
    CASE
        WHEN o.figure_id IS NULL THEN 'superseded_within_article'
        WHEN o.n_numbers > 1 AND NOT o.replaces THEN 'unordered'
        WHEN o.previous_low IS NULL THEN 'first'
        WHEN s.number > o.previous_high THEN 'up'
        WHEN s.number < o.previous_low THEN 'down'
        WHEN o.previous_low = o.previous_high THEN 'same'
        ELSE 'unordered'
    END AS revision
FROM said AS s
LEFT JOIN ordered AS o USING (figure_id)
JOIN core.sources AS n ON n.source_id = s.origin_id
ORDER BY s.incident_id, s.outcome, s.victim_side, s.victim_status, s.demographic, s.origin_id, s.reported_on, s.published_at NULLS LAST, s.figure_id;
