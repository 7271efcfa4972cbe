-- One row = one pair of reports of different article versions that share a key, of which the first that is new is one of those whose
-- turn it is. Parameters: first turn, and the one after the last.
WITH met AS (
    SELECT DISTINCT least(one.report_id, other.report_id) AS join_key_l, greatest(one.report_id, other.report_id) AS join_key_r
    FROM meeting AS one
    JOIN meeting AS other ON other.key = one.key AND other.turn > one.turn
    WHERE one.turn >= $first AND one.turn < $after
)
SELECT m.join_key_l, m.join_key_r
FROM met AS m
JOIN near AS l ON l.report_id = m.join_key_l
JOIN near AS r ON r.report_id = m.join_key_r
WHERE l.article_version_id <> r.article_version_id;
