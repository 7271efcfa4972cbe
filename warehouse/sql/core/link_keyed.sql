-- One row = one report of the scratch table `evidence` with the keys under which it is looked for; all of them are new.
SELECT
    evidence.*,
    link_keys(
        words, link_days(event_date_start, event_date_end, $most_days::INTEGER), published_on, country, place_admin, story_id, article_id,
        $day_words::INTEGER, $week_words::INTEGER, $pair_words::INTEGER) AS keys,
    true AS is_new
FROM evidence
ORDER BY report_id;
