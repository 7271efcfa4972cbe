-- One row = one version of one article, with the time at which the next version replaced it.
-- Needs the scratch table story_of (article_version_id, story_id).
INSERT INTO core.article_versions BY NAME
SELECT
    a.article_version_id,
    a.article_id,
    a.version,
    a.published_on,
    a.published_at,
    a.first_seen_at,
    lead(a.first_seen_at) OVER (PARTITION BY a.article_id ORDER BY a.version) AS superseded_at,
    s.story_id
FROM raw.articles AS a
LEFT JOIN story_of AS s USING (article_version_id)
ORDER BY a.article_id, a.version;
