-- One row = one correction, oldest first, with how many of its figures are still read. Parameter $everything: true = also those taken back.
SELECT
    c.*,
    (SELECT count(*) FROM core.figures AS f
     WHERE f.valid_to IS NULL AND list_contains(list_concat(c.figure_ids, c.other_figure_ids), f.figure_id)) AS n_current
FROM ops.corrections AS c
WHERE $everything OR c.undone_at IS NULL
ORDER BY c.decided_at, c.correction_id
