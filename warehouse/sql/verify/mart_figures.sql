-- Holds: every number of the marts leads back to figures of core.
-- Otherwise: run again; the marts are built anew from core.
-- One row = one number without one of its figures.
WITH shown AS (
    SELECT 'mart.figure_comparison' AS mart, unnest(figure_ids) AS figure_id FROM mart.figure_comparison
    UNION SELECT 'mart.incident_tolls', unnest(figure_ids) FROM mart.incident_tolls
    UNION SELECT 'mart.series_comparison', unnest(figure_ids) FROM mart.series_comparison
    UNION SELECT 'mart.figure_comparison', figure_id FROM mart.figure_comparison
    UNION SELECT 'mart.toll_revisions', figure_id FROM mart.toll_revisions
)
SELECT format('figure {} of {}', s.figure_id, s.mart) AS broken
FROM shown AS s
WHERE NOT EXISTS (FROM core.figures AS f WHERE f.figure_id = s.figure_id)
ORDER BY broken
