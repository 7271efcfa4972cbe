-- Ends the currency of what other reader versions read in these article versions.
-- Parameters: now (UTC); ids of the article versions; the reader version that reads them now.
UPDATE core.figures
SET valid_to = ?
WHERE article_version_id IN (SELECT unnest(?::UBIGINT[]))
  AND reader_version <> ?
  AND valid_to IS NULL
