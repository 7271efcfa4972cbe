-- mart.revisions(voice): how one voice's number moved. voice: 'origin' (who said it) or 'publisher' (who printed it, whoever said it).
-- One row = one figure for one cell of one incident, in order of publication, beside the one before of the same voice. Unit: persons.
-- Figures of earlier versions of an article stay here, ordered by version. A figure that a later sentence of its own article
-- replaces is `superseded_within_article`, and stands before the one that replaces it. fate says what became of a figure.
-- Beware: where only the day is known, the order of different same-day figures is unknown: `unordered`, no `change`. After such a
-- day a figure above (below) all of that day's is `up` (`down`), still without `change`: against which of them is not known.
-- By publisher, a movement may be a change of whom it quotes: read origin beside it.
-- Everything is reckoned by windows over one voice's figures of one cell (a line), with country and day of the incident named along: so a
-- filter on the incident, on its country and day, or on the voice reaches the stored rows. What joins them is few: figures replaced, edits.
CREATE OR REPLACE MACRO mart.revisions(voice) AS TABLE
WITH said AS NOT MATERIALIZED (
    SELECT *, said AS number, CASE voice WHEN 'publisher' THEN publisher_id ELSE origin_id END AS voice_id,
        CASE voice WHEN 'publisher' THEN publisher END AS voice_name,
        CASE voice WHEN 'publisher' THEN false ELSE n_of_origin = 1 AND supersedes_figure_id IS NULL END AS is_alone
    FROM mart.tolls
    WHERE left_out IS NULL AND CASE voice WHEN 'publisher' THEN publisher_id ELSE origin_id END IS NOT NULL
),
replaced AS NOT MATERIALIZED (
    SELECT toll_id, figure_id, voice_id, outcome, number
    FROM said
    WHERE NOT is_derived AND figure_id IN (SELECT supersedes_figure_id FROM said WHERE supersedes_figure_id IS NOT NULL)
),
counted AS NOT MATERIALIZED (
    SELECT *, count(*) OVER line AS n, max(supersedes_figure_id) OVER line AS replaces
    FROM said
    WHERE NOT is_alone
    WINDOW line AS (PARTITION BY incident_id, cell_id, voice_id, voice_name, country, event_date_start)
),
timed AS NOT MATERIALIZED (
    SELECT
        *,
        CASE
            WHEN min(article_id) OVER same_day = max(article_id) OVER same_day THEN version::DOUBLE
            WHEN bool_and(published_at IS NOT NULL) OVER same_day THEN epoch(published_at)
            ELSE 0.0
        END AS tick
    FROM (SELECT c.*, p.toll_id IS NOT NULL AS is_replaced FROM counted AS c LEFT JOIN replaced AS p ON p.toll_id = c.toll_id)
    WHERE n > 1 OR replaces IS NOT NULL
    WINDOW same_day AS (PARTITION BY incident_id, cell_id, voice_id, voice_name, country, event_date_start, is_replaced, reported_on)
),
chained AS NOT MATERIALIZED (
    SELECT
        *,
        min(number) OVER step IS NOT DISTINCT FROM max(number) OVER step AND min(number) OVER step IS NOT NULL AS one_number,
        min(number) OVER before AS before_low,
        max(number) OVER before AS before_high,
        min(figure_id) OVER before AS before_figure_id
    FROM timed
    WINDOW
        step AS (PARTITION BY incident_id, cell_id, voice_id, voice_name, country, event_date_start, is_replaced, reported_on, tick),
        before AS (
            PARTITION BY incident_id, cell_id, voice_id, voice_name, country, event_date_start, is_replaced
            ORDER BY reported_on, tick GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING)
),
moved AS NOT MATERIALIZED (
    SELECT
        c.* EXCLUDE (tick, one_number, before_low, before_high, before_figure_id),
        one_number OR o.figure_id IS NOT NULL AS is_ordered,
        coalesce(o.figure_id, CASE WHEN before_low = before_high THEN before_figure_id END) AS previous_figure_id,
        coalesce(o.number, before_low) AS previous_low,
        coalesce(o.number, before_high) AS previous_high
    FROM chained AS c
    LEFT JOIN replaced AS o ON o.figure_id = c.supersedes_figure_id AND o.voice_id = c.voice_id AND o.outcome = c.outcome
    UNION ALL BY NAME
    -- most lines are one figure that replaces none, and go by
    SELECT c.*, p.toll_id IS NOT NULL AS is_replaced, true AS is_ordered
    FROM (
        SELECT * FROM said WHERE is_alone
        UNION ALL
        SELECT * EXCLUDE (n, replaces) FROM counted WHERE n = 1 AND replaces IS NULL
    ) AS c
    LEFT JOIN replaced AS p ON p.toll_id = c.toll_id
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
    s.toll_id, s.incident_id, s.incident, s.country, s.event_date_start, s.outcome, s.victim_side, s.victim_status, s.demographic,
    CASE voice WHEN 'publisher' THEN s.origin_id ELSE s.voice_id END AS origin_id,  -- by its other name, so that a filter on it is one on the line
    n.name AS origin,
    CASE voice WHEN 'publisher' THEN s.voice_id ELSE s.publisher_id END AS publisher_id,
    s.is_derived,
    s.review,
    coalesce(s.derived_from, [s.figure_id]) AS figure_ids,
    s.figure_id,
    s.reported_on AS published_on,
    s.published_at,
    CASE voice WHEN 'publisher' THEN s.voice_name ELSE s.publisher END AS publisher,
    mart.count_shown(s.bound, s.count_stated, s.count_min, s.count_max, s.quantity_text) AS count_shown,
    s.count_min,
    s.count_max,
    s.is_ordered OR s.is_replaced AS order_known,
    CASE WHEN s.is_ordered AND NOT s.is_replaced THEN s.previous_figure_id END AS previous_figure_id,
    CASE WHEN s.is_ordered AND NOT s.is_replaced AND s.previous_figure_id IS NOT NULL THEN s.number - s.previous_low END AS change,
    CASE
        WHEN s.is_replaced THEN 'superseded_within_article'
        WHEN NOT s.is_ordered THEN 'unordered'
        WHEN s.previous_low IS NULL THEN 'first'
        WHEN s.number > s.previous_high THEN 'up'
        WHEN s.number < s.previous_low THEN 'down'
        WHEN s.previous_low = s.previous_high THEN 'same'
        ELSE 'unordered'
    END AS revision,
    CASE WHEN s.is_replaced THEN 'superseded_within_article' ELSE e.fate END AS fate
FROM moved AS s
LEFT JOIN edited AS e ON e.toll_id = s.toll_id AND e.incident_id = s.incident_id
JOIN core.sources AS n ON n.source_id = s.origin_id;
