-- One row = one publisher's name as printed, as publisher or as original publisher.
SELECT DISTINCT name
FROM (SELECT publisher AS name FROM raw.articles UNION ALL SELECT original_publisher FROM raw.articles)
WHERE name IS NOT NULL
ORDER BY name;
