-- One row = the latest figure of one running toll, beside those that count the same thing in the same area.
-- Beware: starts differ; running tolls are in no incident's numbers. The place is looked for as in incidents.sql.
SELECT c.*, min(c.what) OVER beside AS group_what, list_sort(list_distinct(list(c.place) OVER beside)) AS group_places, s.country, s.outcome, mart.party_of(c.origin_id, s.country, c.last_reported_on) AS origin_affiliation, a.is_paraphrase,
       f.sentence, f.source_text, a.publisher, a.url, f.in_title,
       (SELECT list_sort(list(DISTINCT b.publisher)) FROM core.figures AS g JOIN core.articles AS b USING (article_id)
        WHERE g.figure_id IN (SELECT unnest(c.figure_ids)) AND g.valid_to IS NULL AND b.publisher IS NOT NULL) AS publishers
FROM mart.series_comparison AS c
JOIN core.series AS s USING (series_id)
JOIN core.figures AS f ON f.figure_id = c.figure_id AND f.valid_to IS NULL
JOIN core.articles AS a USING (article_id)
WHERE ($place IS NULL OR s.country = $country
       OR contains(translate(strip_accents(lower(concat_ws(' ', c.place, s.place_name, s.place_admin, f.place_text))), '-''‘’ʿʾ`´', ' '), $place))
  AND ($outcome IS NULL OR s.outcome = $outcome)
  AND ($from_day IS NULL OR c.last_reported_on >= $from_day)
  AND ($to_day IS NULL OR c.first_reported_on <= $to_day)
  AND (SELECT count(DISTINCT other.origin_id) FROM mart.series_comparison AS other
       WHERE other.series_group = c.series_group) >= $min_sources
WINDOW beside AS (PARTITION BY c.series_group)
ORDER BY group_what, group_places, c.series_group, c.count_min DESC NULLS LAST, c.origin
