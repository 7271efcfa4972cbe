-- What the linking model's conditions may call, in the scratch database of the linking.
CREATE OR REPLACE MACRO km(lat1, lon1, lat2, lon2) AS
    12742 * asin(sqrt(least(1.0,
        pow(sin(radians(lat2 - lat1) / 2), 2) + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2))));
-- Cosine of two texts by their weighted names: maps of name to weight, each of length 1.
CREATE OR REPLACE MACRO likeness(one, other) AS
    coalesce(list_sum(list_transform(list_intersect(map_keys(one), map_keys(other)), lambda name: one[name] * other[name])), 0.0);
