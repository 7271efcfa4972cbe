-- One row: how many of the view incoming_articles stand in raw.articles under another article id than their own.
SELECT count(*)
FROM incoming_articles AS i
JOIN raw.articles AS a USING (article_version_id)
WHERE a.article_id <> i.article_id
