-- One row = the latest reading of one article version, when it is not by the given reader version.
-- Parameters: article version; reader version.
SELECT reader_version
FROM ops.readings
WHERE article_version_id = ?
QUALIFY row_number() OVER (ORDER BY read_at DESC, reader_version DESC) = 1 AND reader_version <> ?
