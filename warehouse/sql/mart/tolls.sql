-- One row = one figure of one incident, with its cell, the time from which it was known, and what keeps it from counting. Unit: persons.
-- Counted today are the rows with left_out IS NULL AND superseded_by IS NULL; the others stay to be shown beside.
--
-- What was known on a day is decided by publication. The first version of an article is known from its publication day (the
-- day it was first seen where none is stated). A later version is known from the day it states, if that is later than the one
-- before; else from the day it was first seen, so that a silent edit does not reach back. When a reader read it plays no part.
--
-- Derived rows (is_derived): an article that gives of one origin civilians and combatants, or men, women and children, but no
-- number of all, says all of them: the parts are disjoint and complete. Their sum is marked, carries the parts in derived_from,
-- and counts only where the origin gives no total itself. Nothing else is ever added.
--
-- Beware: never add rows. Shares, restatements and older tolls are rows of their own.

-- In steps with scratch tables (toll_versions, judged_tolls), so that what judging needs is gone when the wide rows are put in order.
CREATE OR REPLACE TEMP TABLE toll_versions AS
WITH stated AS (
    SELECT
        article_version_id, article_id, version, published_at, story_id,
        coalesce(published_on, first_seen_at::DATE) AS reported_on,
        first_seen_at,
        version = 1 OR coalesce(published_on > lag(published_on) OVER (PARTITION BY article_id ORDER BY version), false) AS states_its_day
    FROM core.article_versions
)
-- edited_on: the first day on which some later version of the page was known
SELECT
    article_version_id, version, published_at, story_id, reported_on, known_on,
    min(known_on) OVER (PARTITION BY article_id ORDER BY version ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS edited_on
FROM (SELECT *, CASE WHEN states_its_day THEN reported_on ELSE greatest(reported_on, first_seen_at::DATE) END AS known_on FROM stated);

CREATE OR REPLACE TEMP TABLE judged_tolls AS
WITH sided AS (
    -- only what the steps below ask for: what a row carries through them stands in memory several times
    SELECT
        ir.incident_id,
        f.figure_id,
        f.article_version_id,
        f.origin_id,
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
        f.in_title,
        f.relation,
        f.part_of_figure_id,
        f.supersedes_figure_id,
        f.count_stated,
        f.count_min,
        f.count_max,
        v.edited_on IS NOT NULL AS is_edited,
        CASE
            WHEN f.review = 'rejected' THEN 'rejected by a reviewer'
            WHEN f.stance = 'denied' THEN 'denied'
            WHEN f.stance = 'none_reported' THEN 'no casualties reported, which is no zero'
        END AS is_not_said
    FROM core.figures AS f
    JOIN core.report_figures AS rf USING (figure_id)
    JOIN core.incident_reports AS ir USING (report_id)
    JOIN core.incidents AS i USING (incident_id)
    JOIN toll_versions AS v ON v.article_version_id = f.article_version_id
    WHERE f.valid_to IS NULL AND f.scope = 'incident' AND f.origin_id IS NOT NULL
),
wholes AS (
    -- of each figure that is a share, what it is a share of
    SELECT part.figure_id, whole.victim_side AS whole_side, whole.outcome <> part.outcome AS is_share_of_another
    FROM sided AS part
    JOIN sided AS whole ON whole.figure_id = part.part_of_figure_id AND whole.incident_id = part.incident_id
),
headlined AS (
    -- headlines say what the text says
    SELECT DISTINCT body.article_version_id, body.incident_id, body.outcome, true AS has_body
    FROM sided AS body
    SEMI JOIN (SELECT * FROM sided WHERE in_title) AS title USING (article_version_id, incident_id, outcome)
    WHERE NOT body.in_title
),
replaced AS (
    SELECT DISTINCT supersedes_figure_id AS figure_id, true AS is_replaced FROM sided WHERE supersedes_figure_id IS NOT NULL
),
marked AS (
    SELECT
        s.figure_id, s.incident_id, s.article_version_id, s.origin_id, s.outcome, s.victim_status, s.demographic, s.relation,
        s.count_stated, s.count_min, s.count_max,
        -- a share whose side is not told is on the side of its whole
        CASE WHEN s.victim_side = 'unknown' THEN coalesce(whole_side, 'unknown') ELSE s.victim_side END AS victim_side,
        CASE WHEN is_edited THEN 'edit' WHEN is_replaced THEN 'article' END AS superseded_by,
        CASE
            WHEN is_not_said IS NOT NULL THEN is_not_said
            WHEN is_share_of_another THEN 'share of people counted under another outcome'
            WHEN in_title AND has_body THEN 'headline of what the text says'
        END AS left_out,
        coalesce(is_replaced, false) AS is_replaced_in_article
    FROM sided AS s
    LEFT JOIN wholes USING (figure_id)
    LEFT JOIN replaced USING (figure_id)
    LEFT JOIN headlined USING (article_version_id, incident_id, outcome)
),
celled AS (
    SELECT *, hash(outcome, victim_side, victim_status, demographic) AS cell_id FROM marked
),
shares AS (
    -- within one article, cell and origin: how many different shares are there
    SELECT
        article_version_id, incident_id, cell_id, origin_id,
        count(*) AS n_parts,
        count(DISTINCT mart.number_said(count_stated, count_min, count_max)) AS n_part_numbers
    FROM celled
    WHERE left_out IS NULL AND relation = 'part_of'
    GROUP BY article_version_id, incident_id, cell_id, origin_id
),
judged AS (
    SELECT
        celled.* EXCLUDE (count_stated, count_min, count_max),
        CASE
            WHEN left_out IS NOT NULL THEN left_out
            WHEN relation = 'part_of' AND count_min = 1 AND count_max = 1 AND (demographic = 'all' OR n_parts > 1) THEN 'one person of several, never added'
            WHEN relation = 'part_of' AND n_part_numbers > 1 THEN 'one of several shares, never added'
        END AS left_out_alone
    FROM celled
    LEFT JOIN shares USING (article_version_id, incident_id, cell_id, origin_id)
),
parts AS (
    -- what an article says of one origin's people of one side: its civilians and combatants, its men, women and children, and everybody
    SELECT
        article_version_id, incident_id, outcome, victim_side, origin_id, figure_id,
        CASE
            WHEN victim_status <> 'people' AND demographic = 'all' THEN 'status'
            WHEN victim_status = 'people' AND demographic IN ('men', 'women', 'children') THEN 'demographic'
            WHEN victim_status = 'people' AND demographic = 'all' THEN 'everybody'
        END AS split,
        CASE WHEN victim_status <> 'people' THEN victim_status ELSE demographic END AS part
    FROM judged
    WHERE left_out_alone IS NULL AND NOT is_replaced_in_article
),
complete AS (
    -- parts that leave nobody out and count nobody twice, each told once
    SELECT article_version_id, incident_id, outcome, victim_side, origin_id, list(figure_id ORDER BY figure_id) AS figure_ids
    FROM parts
    WHERE split <> 'everybody'
    GROUP BY article_version_id, incident_id, outcome, victim_side, origin_id, split
    HAVING count(*) = CASE split WHEN 'status' THEN 2 ELSE 3 END AND count(DISTINCT part) = count(*)
),
alone AS (
    -- and for which no number of all is told
    SELECT figure_ids[1] AS figure_id, figure_ids AS derived_from, unnest(figure_ids) AS part_id
    FROM complete
    ANTI JOIN (SELECT * FROM parts WHERE split = 'everybody') AS whole USING (article_version_id, incident_id, outcome, victim_side, origin_id)
),
sums AS (
    -- each with a number
    SELECT
        alone.figure_id,
        any_value(derived_from) AS derived_from,
        bool_and(bound = 'exact') AS is_exact,
        string_agg(quantity_text, ' + ' ORDER BY part_id) AS sum_text,
        sum(count_stated)::BIGINT AS sum_stated,
        sum(count_min)::BIGINT AS sum_min,
        CASE WHEN bool_and(count_max IS NOT NULL) THEN sum(count_max)::BIGINT END AS sum_max
    FROM alone
    JOIN core.figures AS f ON f.figure_id = alone.part_id AND f.valid_to IS NULL
    GROUP BY alone.figure_id
    HAVING bool_and(bound NOT IN ('vague', 'about')) AND bool_and(count_min IS NOT NULL)
),
everything AS (
    SELECT *, false AS is_derived FROM judged
    UNION ALL BY NAME
    SELECT
        judged.* REPLACE (
            'people' AS victim_status,
            'all' AS demographic,
            hash(outcome, victim_side, 'people', 'all') AS cell_id,
            'total' AS relation
        ),
        true AS is_derived,
        sums.* EXCLUDE (figure_id)
    FROM sums
    JOIN judged USING (figure_id)
),
totals AS (
    -- in one cell of one origin, in whatever article: is there a total that counts. Asked for shares and sums only.
    SELECT DISTINCT judged.incident_id, judged.cell_id, judged.origin_id, true AS has_total
    FROM judged
    SEMI JOIN (SELECT * FROM everything WHERE is_derived OR relation = 'part_of') AS asked USING (incident_id, cell_id, origin_id)
    WHERE left_out IS NULL AND relation = 'total' AND superseded_by IS NULL
)
SELECT
    * EXCLUDE (left_out, left_out_alone, is_replaced_in_article),
    CASE
        WHEN is_derived AND has_total THEN 'sum of parts, where the origin gives a number of all'
        WHEN left_out IS NULL AND relation = 'part_of' AND has_total THEN 'share of a total of the same people'
        ELSE left_out_alone
    END AS left_out,
    left_out_alone IS NULL AND NOT is_replaced_in_article AS counts_alone
FROM everything
LEFT JOIN totals USING (incident_id, cell_id, origin_id);

INSERT INTO mart.tolls BY NAME
WITH held_back AS (
    SELECT article_version_id, row_json ->> '$.outcome' AS outcome, count(DISTINCT figure_id)::INTEGER AS n
    FROM ops.quarantine
    WHERE readmitted_at IS NULL
    GROUP BY ALL
),
several AS (
    SELECT incident_id, cell_id, origin_id, count(*)::INTEGER AS n FROM judged_tolls GROUP BY incident_id, cell_id, origin_id HAVING count(*) > 1
),
told AS (
    -- with what the figure says, or for a sum with what its parts say
    SELECT
        e.incident_id, i.label AS incident, i.country, i.event_date_start,
        e.outcome, e.victim_side, e.victim_status, e.demographic, e.cell_id, e.origin_id,
        e.figure_id, f.article_id, e.article_version_id, v.version, v.reported_on, v.published_at, v.known_on, v.edited_on, v.story_id,
        a.publisher_id, a.publisher, a.is_paraphrase, f.in_title,
        e.relation,
        CASE WHEN NOT is_derived THEN f.part_of_figure_id END AS part_of_figure_id,
        CASE WHEN NOT is_derived THEN f.supersedes_figure_id END AS supersedes_figure_id,
        f.named_person, f.source_kind, f.stance,
        CASE WHEN NOT is_derived THEN f.bound WHEN is_exact THEN 'exact' WHEN sum_max IS NULL THEN 'at_least' ELSE 'range' END AS bound,
        CASE WHEN is_derived THEN sum_text ELSE f.quantity_text END AS quantity_text,
        CASE WHEN NOT is_derived THEN f.count_stated WHEN is_exact THEN sum_stated WHEN sum_max IS NULL THEN sum_min END AS count_stated,
        CASE WHEN is_derived THEN sum_min ELSE f.count_min END AS count_min,
        CASE WHEN is_derived THEN sum_max ELSE f.count_max END AS count_max,
        f.review, ir.match_probability,
        coalesce(p.source_id = e.origin_id, false) AS is_own_print,
        e.is_derived, e.derived_from, e.superseded_by, e.left_out, e.counts_alone,
        coalesce(several.n, 1) AS n_of_origin,
        coalesce(held_back.n, 0) AS n_quarantined
    FROM judged_tolls AS e
    JOIN core.figures AS f ON f.figure_id = e.figure_id AND f.valid_to IS NULL
    JOIN core.report_figures AS rf ON rf.figure_id = e.figure_id
    JOIN core.incident_reports AS ir USING (report_id)
    JOIN core.incidents AS i ON i.incident_id = e.incident_id
    JOIN toll_versions AS v ON v.article_version_id = e.article_version_id
    JOIN core.articles AS a ON a.article_id = f.article_id
    LEFT JOIN core.publishers AS p ON p.publisher_id = a.publisher_id
    LEFT JOIN several ON several.incident_id = e.incident_id AND several.cell_id = e.cell_id AND several.origin_id = e.origin_id
    LEFT JOIN held_back ON held_back.article_version_id = e.article_version_id AND held_back.outcome = e.outcome
)
SELECT
    *,
    hash(figure_id, is_derived) AS toll_id,
    mart.number_said(count_stated, count_min, count_max) AS said,
    coalesce(count_min, 0) * (1 - mart.tolerance(bound, count_stated)) AS holds_from,
    coalesce(count_max * (1 + mart.tolerance(bound, count_stated)), 'infinity'::DOUBLE) AS holds_to
FROM told
ORDER BY incident_id, cell_id, origin_id, figure_id, is_derived;

DROP TABLE judged_tolls;
DROP TABLE toll_versions;
