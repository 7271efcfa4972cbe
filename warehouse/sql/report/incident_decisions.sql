-- One row = one decision of a person on reports of one incident, in words. Parameter: incident id.
SELECT DISTINCT link_basis FROM core.incident_reports WHERE incident_id = ? AND review = 'reviewed' ORDER BY ALL
