-- One row = the number of article versions ingested on $day (UTC).
SELECT count(*) FROM raw.articles WHERE ingested_on = $day
