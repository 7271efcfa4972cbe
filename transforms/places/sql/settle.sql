-- Moves the staged names into the tables that are kept, in key order: written in one pass.
INSERT OR IGNORE INTO name SELECT key, place_id FROM staged_name ORDER BY key, place_id;
INSERT OR IGNORE INTO alike SELECT skeleton, country, key, place_id FROM staged_alike ORDER BY skeleton, country, key, place_id;
DROP TABLE staged_name;
DROP TABLE staged_alike;
