-- Keeps the group of each report and the pairs at which groups were joined, in place of those before.
-- Needs the scratch tables homes and joins.
DELETE FROM known.homes;
DELETE FROM known.joins;
INSERT INTO known.homes FROM homes;
INSERT INTO known.joins FROM joins;
