-- One row = one id that was given out before, with the incident it led to.
SELECT former_incident_id, incident_id FROM core.incident_forwards ORDER BY former_incident_id
