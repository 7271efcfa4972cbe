-- One row = one current cumulative figure of any article version, with its origin and its place.
SELECT
    f.figure_id, f.article_version_id, f.in_title, f.origin_id, f.outcome, f.victim_status, f.victim_group, f.victim_text, f.demographic,
    f.count_stated, f.count_min, f.count_max,
    f.place_id, f.place_text, f.place_admin, f.country, p.name AS place_name, f.since_text, f.event_date_start
FROM core.figures AS f
LEFT JOIN core.places AS p USING (place_id)
WHERE f.valid_to IS NULL AND f.scope = 'cumulative' AND f.origin_id IS NOT NULL
ORDER BY f.article_version_id, f.in_title, f.char_start, f.figure_id;
