-- One row = the latest time that was written down, UTC; null in a new warehouse.
SELECT greatest(
    (SELECT max(greatest(started_at, ended_at)) FROM ops.runs),
    (SELECT max(read_at) FROM ops.readings),
    (SELECT max(first_seen_at) FROM raw.articles)
) AS latest
