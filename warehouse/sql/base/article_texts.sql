-- One row = one version of the article of that id, with its text.
SELECT article_version_id, title, text, text_hash FROM raw.articles WHERE article_id = ?;
