-- One row = one of the given article versions that this reader version has read already.
-- Parameters: reader version, article version ids.
SELECT article_version_id
FROM ops.readings
WHERE reader_version = ? AND article_version_id IN (SELECT unnest(?::UBIGINT[]))
