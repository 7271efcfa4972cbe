-- The places of one country (second ?) whose consonants are the first ?, with the key that has them.
SELECT place_id, name, precision, admin1, place.country, lat, lon, population, gazetteer, gazetteer_id, key
FROM alike JOIN place USING (place_id) WHERE skeleton = ? AND alike.country = ? ORDER BY population DESC, place_id LIMIT 60
