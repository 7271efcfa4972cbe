-- One row = one figure of one incident as known at the end of `day`, with its cell and with what keeps it from counting.
-- Unit: persons. Counted are the rows with left_out IS NULL AND superseded_by IS NULL; the others stay to be shown beside.
--
-- What was known on a day is decided by publication. The first version of an article is known from its publication day (the
-- day it was first seen where none is stated). A later version is known from the day it states, if that is later than the one
-- before; else from the day it was first seen, so that a silent edit does not reach back. When a reader read it plays no part.
--
-- Beware: never add rows. Shares, restatements and older tolls are rows of their own.
CREATE OR REPLACE MACRO mart.tolls(day) AS TABLE
WITH versions AS (
    SELECT
        v.article_version_id,
        v.article_id,
        v.version,
        v.published_at,
        v.story_id,
        coalesce(v.published_on, v.first_seen_at::DATE) AS reported_on,
        CASE
            WHEN v.version = 1 OR v.published_on > lag(v.published_on) OVER (PARTITION BY v.article_id ORDER BY v.version)
            THEN coalesce(v.published_on, v.first_seen_at::DATE)
            ELSE greatest(coalesce(v.published_on, v.first_seen_at::DATE), v.first_seen_at::DATE)
        END AS known_on
    FROM core.article_versions AS v
),
known AS (
    SELECT *, version < max(version) OVER (PARTITION BY article_id) AS is_edited
    FROM versions
    WHERE known_on <= day
),
sided AS (
    SELECT
        i.incident_id,
        i.label AS incident,
        f.outcome,
        CASE
            WHEN f.victim_side <> 'unknown' THEN f.victim_side
            WHEN lower(f.victim_group) = lower(i.attacker_group) THEN 'attacking'
            WHEN f.victim_status = 'civilian' THEN 'attacked'
            WHEN f.victim_group IS NOT NULL AND i.attacker_group IS NOT NULL THEN 'attacked'
            WHEN f.victim_status IN ('unknown', 'mixed') AND i.attacker_group IS NOT NULL THEN 'attacked'
            ELSE 'unknown'
        END AS victim_side,
        CASE WHEN f.victim_status IN ('civilian', 'combatant') THEN f.victim_status ELSE 'people' END AS victim_status,
        coalesce(f.demographic, 'all') AS demographic,
        f.origin_id,
        f.figure_id,
        f.article_id,
        f.article_version_id,
        k.version,
        k.reported_on,
        k.known_on,
        k.published_at,
        k.story_id,
        a.publisher_id,
        a.publisher,
        a.is_paraphrase,
        f.in_title,
        f.relation,
        f.part_of_figure_id,
        f.supersedes_figure_id,
        f.named_person,
        f.source_kind,
        f.stance,
        f.bound,
        f.quantity_text,
        f.count_stated,
        f.count_min,
        f.count_max,
        f.review,
        k.is_edited
    FROM core.figures AS f
    JOIN core.report_figures AS rf USING (figure_id)
    JOIN core.incident_reports AS ir USING (report_id)
    JOIN core.incidents AS i USING (incident_id)
    JOIN known AS k ON k.article_version_id = f.article_version_id
    JOIN core.articles AS a ON a.article_id = f.article_id
    WHERE f.valid_to IS NULL AND f.scope = 'incident' AND f.origin_id IS NOT NULL
),
figures AS (
    -- a share whose side is not told is on the side of its whole
    SELECT
        sided.* REPLACE (CASE WHEN sided.victim_side = 'unknown' THEN coalesce(whole.victim_side, 'unknown') ELSE sided.victim_side END AS victim_side),
        coalesce(whole.outcome <> sided.outcome, false) AS is_share_of_another
    FROM sided
    LEFT JOIN (SELECT figure_id, incident_id, victim_side, outcome FROM sided) AS whole
        ON whole.figure_id = sided.part_of_figure_id AND whole.incident_id = sided.incident_id
),
replaced AS (
    SELECT DISTINCT supersedes_figure_id AS figure_id FROM figures WHERE supersedes_figure_id IS NOT NULL
),
marked AS (
    SELECT
        figures.*,
        CASE WHEN is_edited THEN 'edit' WHEN replaced.figure_id IS NOT NULL THEN 'article' END AS superseded_by,
        CASE
            WHEN review = 'rejected' THEN 'rejected by a reviewer'
            WHEN stance = 'denied' THEN 'denied'
            WHEN stance = 'none_reported' THEN 'no casualties reported, which is no zero'
            WHEN is_share_of_another THEN 'share of people counted under another outcome'
            WHEN in_title AND bool_or(NOT in_title) OVER (PARTITION BY article_version_id, incident_id, outcome)
            THEN 'headline of what the text says'
        END AS left_out
    FROM figures
    LEFT JOIN replaced USING (figure_id)
),
totals AS (
    -- in one cell of one origin, in whatever article: is there a total that counts
    SELECT incident_id, outcome, victim_side, victim_status, demographic, origin_id, true AS has_total
    FROM marked
    WHERE left_out IS NULL AND relation = 'total' AND superseded_by IS NULL
    GROUP BY ALL
),
shares AS (
    -- within one article, cell and origin: how many different shares are there
    SELECT
        article_version_id, incident_id, outcome, victim_side, victim_status, demographic, origin_id,
        count(*) FILTER (relation = 'part_of') AS n_parts,
        count(DISTINCT mart.number_said(count_stated, count_min, count_max)) FILTER (relation = 'part_of') AS n_part_numbers
    FROM marked
    WHERE left_out IS NULL
    GROUP BY ALL
)
SELECT
    marked.* EXCLUDE (left_out, review, is_edited, is_share_of_another),
    CASE
        WHEN left_out IS NOT NULL THEN left_out
        WHEN relation = 'part_of' AND has_total THEN 'share of a total of the same people'
        WHEN relation = 'part_of' AND count_min = 1 AND count_max = 1 AND (demographic = 'all' OR n_parts > 1) THEN 'one person of several, never added'
        WHEN relation = 'part_of' AND n_part_numbers > 1 THEN 'one of several shares, never added'
    END AS left_out
FROM marked
LEFT JOIN totals USING (incident_id, outcome, victim_side, victim_status, demographic, origin_id)
LEFT JOIN shares USING (article_version_id, incident_id, outcome, victim_side, victim_status, demographic, origin_id);
