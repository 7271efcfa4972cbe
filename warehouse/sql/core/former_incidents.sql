-- One row = one figure and the incident it stood in before this rebuild. Figures keep their ids under every reader version,
-- reports need not: so an incident is known again by its figures.
SELECT rf.figure_id, ir.incident_id
FROM core.report_figures AS rf
JOIN core.incident_reports AS ir USING (report_id)
ORDER BY rf.figure_id;
