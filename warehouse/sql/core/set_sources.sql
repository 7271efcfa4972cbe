-- Writes the attributed source and the origin of every current figure. Needs the scratch table figure_sources.
UPDATE core.figures AS f
SET source_id = s.source_id, origin_id = s.origin_id
FROM figure_sources AS s
WHERE f.figure_id = s.figure_id
    AND f.valid_to IS NULL
    AND (f.source_id IS DISTINCT FROM s.source_id OR f.origin_id IS DISTINCT FROM s.origin_id);
