-- Holds: the current figures of an article version are those of its latest reading, leaving out readers that failed on it.
-- Otherwise: restore a backup, or read the articles again with the present reader (job `read_again`).
-- One row = one article version whose current figures are of an older reading, or whose latest reading was set aside.
WITH latest AS (
    SELECT article_version_id, reader_version
    FROM ops.readings
    WHERE not_read IS DISTINCT FROM 'error'
    QUALIFY row_number() OVER (PARTITION BY article_version_id ORDER BY read_at DESC, reader_version DESC) = 1
)
SELECT DISTINCT format('article {}: {} of reader {}', f.article_id, if(f.valid_to IS NULL, 'current figures', 'figures set aside'), f.reader_version) AS broken
FROM core.figures AS f
JOIN latest AS l USING (article_version_id)
WHERE (f.valid_to IS NULL) <> (f.reader_version = l.reader_version)
ORDER BY broken
