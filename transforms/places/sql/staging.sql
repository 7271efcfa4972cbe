-- What is being added to the index, unsorted: see settle.sql.
CREATE TEMP TABLE staged_name (key TEXT NOT NULL, place_id INTEGER NOT NULL);
CREATE TEMP TABLE staged_alike (skeleton TEXT NOT NULL, country TEXT NOT NULL, key TEXT NOT NULL, place_id INTEGER NOT NULL);
