-- One row = one figure of an article version whose reports are to be made, with the hash over what they are made from.
-- Needs the scratch tables report_inputs and report_marks.
SELECT i.*, m.made_from
FROM report_inputs AS i
JOIN report_marks AS m USING (article_version_id)
ANTI JOIN core.reports AS r ON r.article_version_id = i.article_version_id
ORDER BY i.article_version_id, i.in_title, i.char_start, i.figure_id;
