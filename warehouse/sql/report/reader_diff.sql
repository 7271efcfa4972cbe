-- One row = one figure that two readers read otherwise in an article version that both have read.
-- Parameters: $old, $new: reader versions. {changed}: the list of columns that differ, made from the contract.
WITH both_read AS (
    SELECT o.article_version_id
    FROM ops.readings AS o
    JOIN ops.readings AS n USING (article_version_id)
    WHERE o.reader_version = $old AND n.reader_version = $new
),
of_old AS (FROM core.figures SEMI JOIN both_read USING (article_version_id) WHERE reader_version = $old),
of_new AS (FROM core.figures SEMI JOIN both_read USING (article_version_id) WHERE reader_version = $new),
side_by_side AS (
    SELECT
        CASE WHEN o.figure_id IS NULL THEN 'added' WHEN n.figure_id IS NULL THEN 'gone' ELSE 'changed' END AS change,
        coalesce(n.rule, o.rule, '') AS rule,
        coalesce(n.article_id, o.article_id) AS article_id,
        figure_id,
        coalesce(n.outcome, o.outcome) AS outcome,
        coalesce(n.quantity_text, o.quantity_text) AS quantity_text,
        coalesce(n.sentence, o.sentence) AS sentence,
        CASE WHEN o.figure_id IS NULL OR n.figure_id IS NULL THEN [] ELSE {changed} END AS changed,
        EXISTS (
            FROM ops.quarantine AS q
            WHERE q.figure_id = coalesce(n.figure_id, o.figure_id)
              AND q.reader_version = CASE WHEN n.figure_id IS NULL THEN $new ELSE $old END
              AND (o.figure_id IS NULL OR n.figure_id IS NULL)
        ) AS held_back
    FROM of_old AS o
    FULL JOIN of_new AS n USING (figure_id)
)
FROM side_by_side
WHERE change <> 'changed' OR len(changed) > 0
ORDER BY change, rule, article_id, figure_id
