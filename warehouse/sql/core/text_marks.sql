-- One row = an article version, and a hash over all that its body is read from.
SELECT article_version_id, hash(text, read_spans) AS mark FROM raw.articles ORDER BY article_version_id;
