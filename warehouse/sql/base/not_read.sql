-- One row = an article version that every reading left unread: no name in it was looked for.
SELECT article_version_id FROM ops.readings GROUP BY ALL HAVING bool_and(not_read IS NOT NULL);
