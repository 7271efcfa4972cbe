-- One row = one current figure of any article version, with the coordinates of its place and the article's main incident.
-- Figures of every scope come along: a headline that repeats a running toll must not pass for an incident's figure.
SELECT
    f.figure_id, f.article_version_id, f.article_id, f.in_title, f.char_start, f.outcome, f.scope,
    f.count_stated, f.count_min, f.count_max, f.victim_status, f.victim_group, f.victim_side, f.demographic,
    f.relation, f.part_of_figure_id, f.supersedes_figure_id,
    f.event_date_start, f.event_date_end, f.date_basis, f.month_day_start, f.month_day_end, f.weekday,
    f.place_text, f.place_id, f.place_precision, f.place_admin, f.country, p.name AS place_name, p.lat, p.lon,
    f.sentence, f.source_text, f.blamed_text, f.weapon_text,
    v.published_on,
    r.main_incident
FROM core.figures AS f
JOIN core.article_versions AS v USING (article_version_id)
LEFT JOIN core.places AS p USING (place_id)
LEFT JOIN ops.readings AS r ON r.article_version_id = f.article_version_id AND r.reader_version = f.reader_version
WHERE f.valid_to IS NULL
ORDER BY f.article_version_id, f.in_title, f.char_start, f.figure_id;
