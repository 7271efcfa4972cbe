-- One row = one report with the gazetteer name of its place.
SELECT r.*, p.name AS place_name
FROM core.reports AS r
LEFT JOIN core.places AS p USING (place_id)
ORDER BY r.report_id;
