-- Holds: the versions of every article are numbered from 1 on, without a gap.
-- Otherwise: versions were lost or added by other means; restore a backup.
-- One row = one article with a gap.
SELECT format('article {}: {} versions, the last is number {}', article_id, count(*), max(version)) AS broken
FROM raw.articles
GROUP BY article_id
HAVING min(version) <> 1 OR max(version) <> count(*) OR count(DISTINCT version) <> count(*)
ORDER BY article_id
