-- One row = how many article versions both readers have read. Parameters: $old, $new: reader versions.
SELECT count(*)
FROM ops.readings AS o
JOIN ops.readings AS n USING (article_version_id)
WHERE o.reader_version = $old AND n.reader_version = $new
