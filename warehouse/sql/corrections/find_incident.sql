-- One row = one id, current or former, that starts with $number: the id, the incident it means now, its label, whether it is a former one.
SELECT typed, incident_id, label, is_former
FROM (
    SELECT incident_id AS typed, incident_id, false AS is_former FROM core.incidents
    UNION ALL
    SELECT former_incident_id, incident_id, true FROM core.incident_forwards
)
JOIN core.incidents USING (incident_id)
WHERE starts_with(typed::VARCHAR, $number)
ORDER BY is_former, typed
LIMIT 5
