-- mart.origin_pairs(): two origins beside each other. Unit: persons. Filter it by incident_id: pairs are many.
-- One row = two different origins of one cell of one incident, and what their numbers are to each other:
--   compatible      one leaves room for all the other says (`at least 62` and 135; the same number; about 20 and 22)
--   overlap         both could hold, but only for some of the numbers that either leaves open (20-30 and 25-40)
--   conflict        no number on which both could be right, whatever time passed between them
--   not_comparable  reason says why: `different cut-offs` (one stopped counting earlier; by then the two did not contradict each
--                   other, or the later one had said nothing and the earlier one says less), `who is counted` (the same outcome, but
--                   never the same people), `levels` (one speaks of an incident, the other of a larger one that contains it)
-- gap: persons between the two when they exclude each other, as said, without tolerance. gap_ratio: the higher by the lower number.
-- Beware: agreement is no accuracy, and never add rows.
CREATE OR REPLACE MACRO mart.said_by(days, edges, cut_off) AS
    -- the edges that were said on the last of the days up to the cut-off
    list_transform(
        list_filter(list_zip(days, edges), lambda item: item[1] = list_max(list_filter(days, lambda day: day <= cut_off))),
        lambda item: item[2]);

CREATE OR REPLACE MACRO mart.origin_pairs() AS TABLE
WITH beside AS (
    SELECT
        a.incident_id, a.incident, a.country, a.event_date_start, a.outcome, a.victim_side, a.victim_status, a.demographic, a.cell_id,
        a.origin_id, a.origin, a.count_shown, a.last_reported_on, a.figure_ids, a.story_ids,
        b.origin_id AS other_origin_id, b.origin AS other_origin, b.count_shown AS other_count_shown, b.last_reported_on AS other_last_reported_on,
        b.figure_ids AS other_figure_ids, b.story_ids AS other_story_ids,
        least(a.last_reported_on, b.last_reported_on) AS cut_off_on,
        a.holds_from AS a_from, a.holds_to AS a_to, b.holds_from AS b_from, b.holds_to AS b_to,
        a.said_low AS a_low, a.said_high AS a_high, b.said_low AS b_low, b.said_high AS b_high,
        a.holds_from <= b.holds_to AND b.holds_from <= a.holds_to AS meets,
        a.days AS a_days, a.days_from AS a_days_from, a.days_to AS a_days_to, b.days AS b_days, b.days_from AS b_days_from, b.days_to AS b_days_to
    FROM mart.figure_comparison AS a
    JOIN mart.figure_comparison AS b ON a.incident_id = b.incident_id AND a.cell_id = b.cell_id AND a.origin_id < b.origin_id
),
at_cut_off AS (
    -- what each had said by the day on which the first of the two stopped; asked only where the latest numbers exclude each other
    SELECT
        *,
        CASE
            WHEN meets OR last_reported_on = other_last_reported_on THEN NULL
            WHEN last_reported_on > other_last_reported_on
            THEN list_min(mart.said_by(a_days, a_days_from, cut_off_on)) <= b_to AND b_from <= list_max(mart.said_by(a_days, a_days_to, cut_off_on))
            ELSE list_min(mart.said_by(b_days, b_days_from, cut_off_on)) <= a_to AND a_from <= list_max(mart.said_by(b_days, b_days_to, cut_off_on))
        END AS met_by_then,
        -- the one that stopped first says less: time may explain it
        CASE WHEN last_reported_on < other_last_reported_on THEN a_to < b_from WHEN last_reported_on > other_last_reported_on THEN b_to < a_from END AS first_says_less
    FROM beside
),
judged AS (
    SELECT
        *,
        CASE
            WHEN meets AND ((a_from <= b_from AND a_to >= b_to) OR (b_from <= a_from AND b_to >= a_to)) THEN 'compatible'
            WHEN meets THEN 'overlap'
            WHEN coalesce(met_by_then, first_says_less, false) THEN 'not_comparable'
            ELSE 'conflict'
        END AS status,
        CASE WHEN NOT meets THEN greatest(b_low - a_high, a_low - b_high, 0) END AS gap
    FROM at_cut_off
)
SELECT
    incident_id, incident, country, event_date_start, outcome, victim_side, victim_status, demographic, cell_id, incident_id AS other_incident_id,
    origin_id, origin, count_shown, last_reported_on, other_origin_id, other_origin, other_count_shown, other_last_reported_on, cut_off_on,
    status,
    CASE WHEN status = 'not_comparable' THEN 'different cut-offs' END AS reason,
    gap,
    CASE WHEN least(a_high, b_high) > 0 AND NOT meets THEN greatest(a_low, b_low)::DOUBLE / least(a_high, b_high) END AS gap_ratio,
    CASE WHEN status = 'conflict' THEN b_low > a_high END AS other_is_higher,
    story_ids, other_story_ids,
    list_concat(figure_ids, other_figure_ids) AS figure_ids
FROM judged;
