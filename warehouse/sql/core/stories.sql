-- One row = one story: articles of (nearly) the same text. Publishers are canonical, so two spellings of one count once.
-- Needs the scratch table publisher_of (publisher, publisher_id).
INSERT INTO core.stories BY NAME
SELECT
    v.story_id,
    min(v.published_on) AS first_published_on,
    count(DISTINCT v.article_id)::INTEGER AS n_articles,
    count(DISTINCT p.publisher_id)::INTEGER AS n_publishers
FROM core.article_versions AS v
JOIN raw.articles AS a USING (article_version_id)
LEFT JOIN publisher_of AS p ON p.publisher = a.publisher
WHERE v.story_id IS NOT NULL
GROUP BY v.story_id
ORDER BY v.story_id;
