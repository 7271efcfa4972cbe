-- Holds: the current figures of an article version are all of one reader version: old and new readings are never mixed.
-- Otherwise: restore a backup; numbers of these articles are counted twice.
-- One row = one article version with current figures of several readers.
SELECT format('article {} (version {}): {}', any_value(article_id), article_version_id, string_agg(DISTINCT reader_version, ', ')) AS broken
FROM core.figures
WHERE valid_to IS NULL
GROUP BY article_version_id
HAVING count(DISTINCT reader_version) > 1
ORDER BY article_version_id
