-- One row = one report that was not compared before, with its words and the keys under which it is looked for.
CREATE OR REPLACE TEMP TABLE fresh AS
WITH told AS (
    FROM weighed JOIN current USING (fingerprint) SELECT *, event_date_start IS NULL AND published_on IS NULL AS timeless
)
SELECT
    fingerprint, words, weights, names,
    link_keys(
        words, CASE WHEN timeless THEN words ELSE telling END, link_days(event_date_start, event_date_end, $most_days::INTEGER), published_on,
        country, place_admin, story_id, article_id, $day_words::INTEGER, $week_words::INTEGER,
        CASE WHEN timeless THEN $timeless_pair_words ELSE $pair_words END::INTEGER) AS keys
FROM told;
