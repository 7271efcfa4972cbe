-- One row = one current figure with what its origin depends on: who printed it, whom the page names as original publisher,
-- and, when the same sentence stands in the first text of its story, who printed that one.
WITH story_firsts AS (
    SELECT v.story_id, r.article_version_id, r.title, r.text, coalesce(r.original_publisher, r.publisher) AS publisher
    FROM core.article_versions AS v
    JOIN raw.articles AS r USING (article_version_id)
    WHERE v.story_id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY v.story_id
        ORDER BY (r.original_publisher IS NULL), v.published_on NULLS LAST, v.published_at NULLS LAST, v.first_seen_at, v.article_version_id
    ) = 1
)
SELECT
    f.figure_id,
    f.article_version_id,
    v.story_id,
    f.source_text,
    f.source_kind,
    f.relayed_by,
    f.country,
    f.outcome,
    f.victim_status,
    f.count_stated,
    f.count_min,
    f.count_max,
    f.in_title,
    f.bound,
    CASE
        WHEN first.article_version_id <> f.article_version_id
            AND (contains(first.text, f.sentence) OR contains(coalesce(first.title, ''), f.sentence))
        THEN first.publisher
        ELSE coalesce(r.original_publisher, r.publisher)
    END AS asserted_by
FROM core.figures AS f
JOIN raw.articles AS r USING (article_version_id)
JOIN core.article_versions AS v USING (article_version_id)
LEFT JOIN story_firsts AS first ON first.story_id = v.story_id
WHERE f.valid_to IS NULL
ORDER BY f.article_version_id, f.in_title, f.char_start, f.figure_id;
