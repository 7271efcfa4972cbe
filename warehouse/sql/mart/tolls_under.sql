-- mart.tolls_under(convention): tolls under a named rule set of mart.conventions (`lower`, `midpoint`, `acled`, `gtd`, or a user's own).
-- One row = one cell of one incident under the convention; with sum_sides, one outcome and status of one incident over both sides
-- (victim_side `all`, is_sum true: attacked, or where nobody is known to be attacked those of unknown side, and attacking).
-- Unit: persons. number is what the convention selects; null where it selects nobody and leaves a range, or where no origin has a
-- number under its words (n_without_number says how many had none).
-- Beware: a convention is a rule, not knowledge. Two conventions differ without anybody being wrong; name the one you used, with its source.
-- No step is kept apart (NOT MATERIALIZED), none asks for each row anew, and all are grouped by incident, country and day: so a filter on
-- these reaches the stored rows, thirty times as fast.
CREATE OR REPLACE MACRO mart.tolls_under(rule_set) AS TABLE
WITH rules AS NOT MATERIALIZED (
    SELECT
        *,
        -- its words, the longest first
        (
            SELECT list({word: '\b' || regexp_escape(w.word) || '\b', number: w.number} ORDER BY len(w.word) DESC, w.word)
            FROM mart.convention_words AS w
            WHERE w.convention = rule_set::VARCHAR
        ) AS words
    FROM mart.conventions AS c
    WHERE c.convention = coalesce(
        (SELECT k.convention FROM mart.conventions AS k WHERE k.convention = rule_set::VARCHAR),
        error('there is no convention of that name: SELECT convention, title FROM mart.conventions lists those there are'))
),
worded AS NOT MATERIALIZED (
    SELECT
        f.incident_id, f.incident, f.country, f.event_date_start, f.outcome, f.victim_side, f.victim_status, f.demographic, f.origin_id,
        f.last_reported_on, f.figure_ids, f.is_derived, r.convention, r.sum_sides, r.selection_rule,
        CASE
            WHEN f.bound = 'vague' AND r.words_vague = 'least' THEN f.count_min
            WHEN f.bound = 'vague' AND r.words_vague = 'numbers'
            THEN list_filter(r.words, lambda item: regexp_matches(f.count_shown, item.word))[1].number
            WHEN f.bound = 'vague' THEN NULL
            WHEN f.bound = 'range' AND r.words_range = 'lower' THEN f.said_low
            WHEN f.bound = 'range' AND r.words_range = 'upper' THEN f.said_high
            WHEN f.bound = 'range' AND r.words_range = 'midpoint' THEN (f.said_low + f.said_high) / 2
            WHEN f.bound = 'range' THEN NULL
            WHEN f.bound IN ('at_least', 'more_than') AND r.words_at_least = 'leave_out' THEN NULL
            WHEN f.bound IN ('at_most', 'fewer_than') AND r.words_at_most = 'leave_out' THEN NULL
            ELSE f.said_low
        END AS number
    FROM mart.figure_comparison AS f, rules AS r
    WHERE (len(r.outcomes) = 0 OR list_contains(r.outcomes, f.outcome))
        AND (len(r.statuses) = 0 OR (list_contains(r.statuses, f.victim_status) AND f.demographic = 'all'))
        AND (NOT r.reviewed_only OR f.is_reviewed)
        AND (NOT r.leave_out_parties OR f.origin_affiliation IS NULL)
),
ranked AS NOT MATERIALIZED (
    SELECT
        *,
        number IS NOT NULL AND last_reported_on = max(last_reported_on) FILTER (number IS NOT NULL) OVER cell AS is_most_recent,
        bool_or(victim_side = 'attacked') OVER incident AS somebody_attacked
    FROM worded
    WINDOW
        cell AS (PARTITION BY incident_id, country, event_date_start, outcome, victim_side, victim_status, demographic),
        incident AS (PARTITION BY incident_id, country, event_date_start, outcome, victim_status, demographic)
),
counted AS NOT MATERIALIZED (
    SELECT
        incident_id, incident, country, event_date_start, outcome, victim_side, victim_status, demographic, convention, sum_sides, selection_rule,
        min(number) AS lowest,
        max(number) AS highest,
        list(number ORDER BY number) FILTER (is_most_recent) AS recent,
        count(*)::INTEGER AS n_origins,
        count(*) FILTER (number IS NULL)::INTEGER AS n_without_number,
        bool_or(is_derived) AS is_derived,
        flatten(list(figure_ids ORDER BY last_reported_on, origin_id)) AS figure_ids
    FROM ranked
    WHERE NOT (sum_sides AND victim_side = 'unknown' AND somebody_attacked)
    GROUP BY ALL
),
selected AS NOT MATERIALIZED (
    SELECT
        * EXCLUDE (middle),
        CASE
            WHEN selection_rule = 'lowest' THEN lowest
            WHEN selection_rule = 'highest' THEN highest
            WHEN selection_rule = 'latest_majority_lowest' AND 2 * len(list_filter(recent, lambda item: item = middle)) > len(recent) THEN middle
            WHEN selection_rule = 'latest_majority_lowest' THEN list_min(recent)
        END AS number
    -- a number that more than half of a sorted list have stands in its middle
    FROM (SELECT *, recent[(len(recent) + 1) // 2] AS middle FROM counted)
)
SELECT
    incident_id, incident, country, event_date_start, outcome,
    CASE WHEN sum_sides THEN 'all' ELSE victim_side END AS victim_side,
    victim_status, demographic,
    sum(number) AS number,
    sum(lowest) AS lowest,
    sum(highest) AS highest,
    sum(n_origins)::INTEGER AS n_origins,
    sum(n_without_number)::INTEGER AS n_without_number,
    count(*) > 1 AS is_sum,
    bool_or(is_derived) AS is_derived,
    convention,
    flatten(list(figure_ids)) AS figure_ids
FROM selected
GROUP BY incident_id, incident, country, event_date_start, outcome, CASE WHEN sum_sides THEN 'all' ELSE victim_side END, victim_status, demographic, convention;
