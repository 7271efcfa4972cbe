-- One row = one source that figures, publishers or people's merges name, under its own name and under each printed spelling.
-- Beware: a source that was merged away has no row in core.sources after the next rebuild; its merge remembers its name.
SELECT source_id, name, name AS called, kind, country, is_unnamed
FROM core.sources
UNION
SELECT s.source_id, s.name, n.name_printed, s.kind, s.country, s.is_unnamed
FROM core.source_names AS n
JOIN core.sources AS s USING (source_id)
UNION
SELECT from_source_id, from_name, from_name, NULL, NULL, false
FROM ops.source_merges
WHERE from_source_id NOT IN (SELECT source_id FROM core.sources)
UNION
SELECT into_source_id, into_name, into_name, into_kind, into_country, false
FROM ops.source_merges
WHERE into_source_id NOT IN (SELECT source_id FROM core.sources)
ORDER BY name, called
