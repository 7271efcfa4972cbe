-- Holds: every article's text is what was taken in (its SHA-256 is the one written down then).
-- Otherwise: somebody changed the stored text; restore a backup, or take the article in again from its original.
-- One row = one article version whose text is another.
SELECT format('article {}, version {}', article_id, version) AS broken
FROM raw.articles
WHERE sha256(text) <> text_hash
ORDER BY article_version_id
