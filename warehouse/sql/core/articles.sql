-- One row = one article, at its current version. first_seen_at is that of its first version.
-- Needs the scratch table publisher_of (publisher, publisher_id).
INSERT INTO core.articles BY NAME
SELECT
    a.article_id,
    a.article_version_id,
    n.n_versions,
    p.publisher_id,
    a.publisher,
    a.original_publisher,
    a.title,
    a.url,
    coalesce(a.language_detected, a.language) AS language,
    a.published_on,
    a.published_at,
    n.first_seen_at,
    a.is_paraphrase,
    v.story_id
FROM raw.articles AS a
JOIN core.article_versions AS v USING (article_version_id)
JOIN (
    SELECT article_id, count(*)::INTEGER AS n_versions, max(version) AS version, min(first_seen_at) AS first_seen_at
    FROM raw.articles
    GROUP BY article_id
) AS n ON n.article_id = a.article_id AND n.version = a.version
LEFT JOIN publisher_of AS p ON p.publisher = a.publisher
ORDER BY a.article_id;
