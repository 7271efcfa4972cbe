-- One row = one place as printed and the place that current figures got for it (null: none), most figures first.
-- n_articles: as a list of ids, so that spellings of one name can be counted together. sentence: of the earliest article.
SELECT
    f.place_text,
    f.country,
    f.place_id,
    p.name AS place_name,
    p.precision AS place_precision,
    count(*)::INTEGER AS n_figures,
    list(DISTINCT f.article_id) AS article_ids,
    arg_min(f.sentence, (a.published_on, f.article_id, f.char_start)) AS sentence,
    coalesce(arg_min(a.is_paraphrase, (a.published_on, f.article_id, f.char_start)), false) AS is_paraphrase
FROM core.figures AS f
LEFT JOIN core.places AS p USING (place_id)
LEFT JOIN core.articles AS a ON a.article_id = f.article_id
WHERE f.valid_to IS NULL AND f.place_text IS NOT NULL
GROUP BY ALL
ORDER BY n_figures DESC, f.place_text, f.country, f.place_id
