-- The places of which one key is ?, a user's winning entries first, then the most populous.
SELECT place_id, name, precision, admin1, country, lat, lon, population, gazetteer, gazetteer_id, wins
FROM name JOIN place USING (place_id) WHERE key = ? ORDER BY wins DESC, population DESC, place_id LIMIT 60
