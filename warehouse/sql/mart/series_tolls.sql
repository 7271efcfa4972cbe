-- mart.series_tolls(): one row = one figure of one running toll that counts, in any version of its article. Unit: persons.
-- Left out: denied and rejected figures, those that a later sentence replaces, headlines of what the text says itself, and shares
-- of a total that stands in the same article. is_current: whether the version is the article's current one.
-- Beware: running tolls are in no incident's numbers; figures of one series are one count at different times, never to be added.
CREATE OR REPLACE MACRO mart.series_tolls() AS TABLE
SELECT * EXCLUDE (has_body, has_total)
FROM (
    SELECT
        sf.series_id, f.figure_id, f.in_title, f.relation, f.bound, f.quantity_text, f.count_stated, f.count_min, f.count_max, f.review,
        f.article_version_id, f.article_id, v.version, v.published_at,
        v.superseded_at IS NULL AS is_current,
        coalesce(v.published_on, v.first_seen_at::DATE) AS reported_on,
        mart.number_said(f.count_stated, f.count_min, f.count_max) AS said,
        bool_or(NOT f.in_title) OVER whole AS has_body,
        bool_or(f.relation = 'total') OVER whole AS has_total
    FROM core.series_figures AS sf
    JOIN core.figures AS f ON f.figure_id = sf.figure_id AND f.valid_to IS NULL
    JOIN core.article_versions AS v ON v.article_version_id = f.article_version_id
    WHERE f.stance NOT IN ('denied', 'none_reported')
        AND f.review <> 'rejected'
        AND NOT EXISTS (SELECT 1 FROM core.figures AS newer WHERE newer.supersedes_figure_id = f.figure_id AND newer.valid_to IS NULL)
    WINDOW whole AS (PARTITION BY sf.series_id, f.article_version_id)
)
WHERE NOT (in_title AND has_body) AND NOT (relation = 'part_of' AND has_total);

-- What a series counts, in words: `ISIS, killed`, `civilians, children, killed`.
CREATE OR REPLACE MACRO mart.counted_in_words(victim_group, victim_status, demographic, outcome) AS concat_ws(
    ', ',
    coalesce(victim_group, CASE victim_status WHEN 'civilian' THEN 'civilians' WHEN 'combatant' THEN 'combatants' ELSE 'people' END),
    demographic,
    outcome
);
