-- One row = an article version of the scratch table wanted_texts, with its text and where in it the body stands.
SELECT article_version_id, text, read_spans FROM raw.articles SEMI JOIN wanted_texts USING (article_version_id);
