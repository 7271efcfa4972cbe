-- One row = one report as the linking sees it. No column holds a number of people: tolls are no linking evidence.
-- story_id: of the texts of a story the one that came first. It is told apart from others only, and core's, the smallest id, changes with
-- a text of a smaller one: then all reports of the story would be compared anew.
SELECT
    p.report_id, p.article_id, p.article_version_id, p.is_main, t.story_id, p.published_on,
    p.event_date_start, p.event_date_end, coalesce(s.day_stated, false) AS day_stated,
    p.month_day_start, p.month_day_end, p.weekday,
    p.country, p.place_admin, p.place_id, p.lat, p.lon,
    coalesce(p.place_precision IN ('point', 'town') AND p.lat IS NOT NULL, false) AS place_fine,
    p.attacker_group, p.victim_groups, p.weapons,
    CASE WHEN p.is_main THEN concat_ws(chr(10), a.title, list_aggregate(spans.parts, 'string_agg', chr(10))) ELSE s.sentences END AS words
FROM core.reports AS p
JOIN (
    SELECT article_version_id, CASE WHEN v.story_id IS NOT NULL THEN
        first_value(article_version_id) OVER (PARTITION BY v.story_id ORDER BY first_seen_at, article_version_id) END AS story_id
    FROM core.article_versions AS v
) AS t USING (article_version_id)
JOIN raw.articles AS a USING (article_version_id)
JOIN (
    SELECT r.report_id, bool_or(f.date_basis IN ('stated', 'weekday', 'relative', 'year_elsewhere')) AS day_stated,
        string_agg(DISTINCT f.sentence, chr(10) ORDER BY f.sentence) AS sentences
    FROM core.report_figures AS r
    JOIN core.figures AS f ON f.figure_id = r.figure_id AND f.valid_to IS NULL
    GROUP BY r.report_id
) AS s ON s.report_id = p.report_id
JOIN (
    SELECT article_version_id,
        list_transform(read_spans::INTEGER[][], lambda span: text[span[1] + 1:span[2]]) AS parts
    FROM raw.articles
) AS spans ON spans.article_version_id = p.article_version_id
ORDER BY p.report_id;
