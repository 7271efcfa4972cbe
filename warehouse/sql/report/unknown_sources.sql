-- One row = one attributed source that the lexicon does not name, with how much current figures lean on it. Most figures first.
-- n_quotes: different sentences that name it. spelled: how it is printed. sentence: one of them, of the earliest article.
SELECT
    s.source_id,
    s.name,
    coalesce(s.kind, mode(f.source_kind)) AS kind,
    count(*)::INTEGER AS n_figures,
    count(DISTINCT f.sentence)::INTEGER AS n_quotes,
    count(DISTINCT f.article_id)::INTEGER AS n_articles,
    count(DISTINCT a.publisher)::INTEGER AS n_publishers,
    list_sort(list(DISTINCT f.source_text)) AS spelled,
    arg_min(f.sentence, (a.published_on, f.article_id, f.char_start)) AS sentence,
    coalesce(arg_min(a.is_paraphrase, (a.published_on, f.article_id, f.char_start)), false) AS is_paraphrase
FROM core.figures AS f
JOIN core.sources AS s ON s.source_id = f.source_id
LEFT JOIN core.articles AS a ON a.article_id = f.article_id
WHERE f.valid_to IS NULL AND NOT s.is_known AND NOT s.is_unnamed
GROUP BY s.source_id, s.name, s.kind
ORDER BY n_figures DESC, n_articles DESC, s.name
