-- Adds the article versions of the view incoming_articles that are not there yet, numbered on from the last version of their
-- article in the order in which they came. Gives back the ids of what was added.
-- Beware: a page that goes back to an earlier text adds nothing, its earlier version is there already.
INSERT INTO raw.articles BY NAME
WITH fresh AS (
    SELECT *
    FROM incoming_articles AS i
    WHERE NOT EXISTS (FROM raw.articles AS a WHERE a.article_version_id = i.article_version_id)
    QUALIFY row_number() OVER (PARTITION BY article_version_id ORDER BY position) = 1
),
last AS (
    SELECT article_id, max(version) AS version
    FROM raw.articles
    WHERE article_id IN (SELECT article_id FROM fresh)
    GROUP BY article_id
)
SELECT
    fresh.* EXCLUDE (position),
    coalesce(last.version, 0) + row_number() OVER (PARTITION BY fresh.article_id ORDER BY position) AS version
FROM fresh
LEFT JOIN last USING (article_id)
RETURNING article_version_id
