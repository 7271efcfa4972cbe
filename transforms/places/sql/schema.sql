-- The gazetteer index. `place`: one row a place. `name`: one row for each key (see names.py) of each place.
-- `alike`: consonants of a name within a country, for spellings that no key has.
CREATE TABLE meta (item TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    place_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    precision TEXT NOT NULL CHECK (precision IN ('point', 'town', 'district', 'admin1', 'country')),
    admin1 TEXT,
    country TEXT,
    lat REAL CHECK (lat BETWEEN -90 AND 90),
    lon REAL CHECK (lon BETWEEN -180 AND 180),
    population INTEGER NOT NULL,
    gazetteer TEXT NOT NULL,
    gazetteer_id TEXT NOT NULL,
    wins INTEGER NOT NULL
);
CREATE TABLE name (key TEXT NOT NULL, place_id INTEGER NOT NULL, PRIMARY KEY (key, place_id)) WITHOUT ROWID;
CREATE TABLE alike (
    skeleton TEXT NOT NULL,
    country TEXT NOT NULL,
    key TEXT NOT NULL,
    place_id INTEGER NOT NULL,
    PRIMARY KEY (skeleton, country, key, place_id)
) WITHOUT ROWID;
