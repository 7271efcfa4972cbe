-- Holds: every figure's words stand in its article, at its place, to the letter.
-- Otherwise: the article or the figure was changed after it was read; restore a backup, or remove both and run on the article again.
-- One row = one figure whose words are not there.
SELECT format('figure {} of article {}', f.figure_id, f.article_id) AS broken
FROM core.figures AS f
JOIN raw.articles AS a USING (article_version_id)
WHERE substring(coalesce(CASE WHEN f.in_title THEN a.title ELSE a.text END, ''), f.char_start + 1, f.char_end - f.char_start) <> f.quantity_text
   OR NOT contains(coalesce(CASE WHEN f.in_title THEN a.title ELSE a.text END, ''), f.sentence)
ORDER BY f.figure_id
