-- One row = one report as the linking sees it, with a mark of its words in their place: the texts of all together are long.
-- Needs the scratch table link_reports (link_inputs.sql).
SELECT * REPLACE (hash(words) AS words) FROM link_reports ORDER BY report_id;
