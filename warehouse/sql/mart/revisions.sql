-- mart.revisions(voice): how one voice's number moved. voice: 'origin' (who said it) or 'publisher' (who printed it, whoever said it).
-- One row = one figure for one cell of one incident, in order of publication, beside the one before of the same voice. Unit: persons.
-- Figures of earlier versions of an article stay here, ordered by version. A figure that a later sentence of its own article
-- replaces is `superseded_within_article`, and stands before the one that replaces it. fate says what became of a figure.
-- Beware: where only the day is known, the order of different same-day figures is unknown: `unordered`, no `change`. After such a
-- day a figure above (below) all of that day's is `up` (`down`), still without `change`: against which of them is not known.
-- By publisher, a movement may be a change of whom it quotes: read origin beside it.
-- A filter on the incident reaches the stored rows (no step is kept apart, and the steps meet by incident too); other filters are applied last.
CREATE OR REPLACE MACRO mart.revisions(voice) AS TABLE
WITH said AS NOT MATERIALIZED (
    SELECT *, said AS number, CASE voice WHEN 'publisher' THEN publisher_id ELSE origin_id END AS voice_id
    FROM mart.tolls
    WHERE left_out IS NULL AND CASE voice WHEN 'publisher' THEN publisher_id ELSE origin_id END IS NOT NULL
),
superseded AS NOT MATERIALIZED (
    SELECT o.toll_id
    FROM said AS o
    WHERE NOT o.is_derived AND o.figure_id IN (SELECT supersedes_figure_id FROM said WHERE supersedes_figure_id IS NOT NULL)
),
lines AS NOT MATERIALIZED (
    -- a voice's figures of one cell; most are one figure that replaces none, and go by
    SELECT incident_id, cell_id, voice_id, country, event_date_start
    FROM said
    GROUP BY incident_id, cell_id, voice_id, country, event_date_start
    HAVING count(*) > 1 OR bool_or(supersedes_figure_id IS NOT NULL)
),
timed AS NOT MATERIALIZED (
    SELECT
        *,
        CASE
            WHEN min(article_id) OVER same_day = max(article_id) OVER same_day THEN version::DOUBLE
            WHEN bool_and(published_at IS NOT NULL) OVER same_day THEN epoch(published_at)
            ELSE 0.0
        END AS tick
    FROM said
    SEMI JOIN lines
        ON lines.incident_id = said.incident_id AND lines.cell_id = said.cell_id AND lines.voice_id = said.voice_id
        AND lines.country IS NOT DISTINCT FROM said.country AND lines.event_date_start IS NOT DISTINCT FROM said.event_date_start
    WHERE toll_id NOT IN (SELECT toll_id FROM superseded)
    WINDOW same_day AS (PARTITION BY incident_id, cell_id, voice_id, country, event_date_start, reported_on)
),
steps AS NOT MATERIALIZED (
    SELECT
        incident_id, cell_id, voice_id, country, event_date_start, reported_on, tick,
        CASE WHEN min(number) = max(number) THEN 1 ELSE 2 END AS n_numbers,
        min(number) AS low,
        max(number) AS high,
        min(figure_id) AS first_figure_id
    FROM timed
    GROUP BY incident_id, cell_id, voice_id, country, event_date_start, reported_on, tick
),
chained AS NOT MATERIALIZED (
    SELECT
        *,
        lag(n_numbers) OVER chain AS before_n,
        lag(low) OVER chain AS before_low,
        lag(high) OVER chain AS before_high,
        lag(first_figure_id) OVER chain AS before_figure_id
    FROM steps
    WINDOW chain AS (PARTITION BY incident_id, cell_id, voice_id, country, event_date_start ORDER BY reported_on, tick)
),
ordered AS NOT MATERIALIZED (
    SELECT
        t.incident_id,
        t.toll_id,
        c.n_numbers,
        coalesce(o.figure_id, CASE WHEN c.before_n = 1 THEN c.before_figure_id END) AS previous_figure_id,
        coalesce(o.number, c.before_low) AS previous_low,
        coalesce(o.number, c.before_high) AS previous_high,
        o.figure_id IS NOT NULL AS replaces
    FROM timed AS t
    JOIN chained AS c USING (incident_id, cell_id, voice_id, reported_on, tick)
    LEFT JOIN said AS o ON o.figure_id = t.supersedes_figure_id AND NOT o.is_derived AND o.voice_id = t.voice_id AND o.outcome = t.outcome
),
edited AS NOT MATERIALIZED (
    -- what the next version of the page says in the same cell for the same origin; nothing is said of a version that was not read yet
    SELECT
        s.incident_id,
        s.toll_id,
        CASE
            WHEN count(n.toll_id) = 0 THEN 'withdrawn'
            WHEN bool_or(n.number = s.number AND n.bound = s.bound) THEN 'superseded_by_edit'
            ELSE 'corrected'
        END AS fate
    FROM said AS s
    JOIN core.article_versions AS v ON v.article_id = s.article_id AND v.version = s.version + 1
    SEMI JOIN ops.readings AS r ON r.article_version_id = v.article_version_id AND r.not_read IS NULL
    LEFT JOIN said AS n
        ON n.article_version_id = v.article_version_id AND n.incident_id = s.incident_id AND n.cell_id = s.cell_id AND n.origin_id = s.origin_id
    WHERE s.edited_on IS NOT NULL
    GROUP BY s.incident_id, s.toll_id
)
SELECT
    s.toll_id, s.incident_id, s.incident, s.country, s.event_date_start, s.outcome, s.victim_side, s.victim_status, s.demographic, s.origin_id,
    n.name AS origin,
    s.publisher_id,
    s.is_derived,
    s.review,
    coalesce(s.derived_from, [s.figure_id]) AS figure_ids,
    s.figure_id,
    s.reported_on AS published_on,
    s.published_at,
    s.publisher,
    mart.count_shown(s.bound, s.count_stated, s.count_min, s.count_max, s.quantity_text) AS count_shown,
    s.count_min,
    s.count_max,
    o.toll_id IS NULL OR o.n_numbers = 1 OR o.replaces AS order_known,
    CASE WHEN o.n_numbers = 1 OR o.replaces THEN o.previous_figure_id END AS previous_figure_id,
    CASE WHEN (o.n_numbers = 1 OR o.replaces) AND o.previous_figure_id IS NOT NULL THEN s.number - o.previous_low END AS change,
    CASE
        WHEN p.toll_id IS NOT NULL THEN 'superseded_within_article'
        WHEN o.toll_id IS NULL THEN 'first'
        WHEN o.n_numbers > 1 AND NOT o.replaces THEN 'unordered'
        WHEN o.previous_low IS NULL THEN 'first'
        WHEN s.number > o.previous_high THEN 'up'
        WHEN s.number < o.previous_low THEN 'down'
        WHEN o.previous_low = o.previous_high THEN 'same'
        ELSE 'unordered'
    END AS revision,
    CASE WHEN p.toll_id IS NOT NULL THEN 'superseded_within_article' ELSE e.fate END AS fate
FROM said AS s
LEFT JOIN superseded AS p ON p.toll_id = s.toll_id
LEFT JOIN ordered AS o ON o.toll_id = s.toll_id AND o.incident_id = s.incident_id
LEFT JOIN edited AS e ON e.toll_id = s.toll_id AND e.incident_id = s.incident_id
JOIN core.sources AS n ON n.source_id = s.origin_id;
