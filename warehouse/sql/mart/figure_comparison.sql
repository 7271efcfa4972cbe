-- One row = one origin's latest figure for one cell of one incident, everything known taken together. Unit: persons.
-- A cell is outcome × victim side × victim status × demographic. Running tolls, denied and quarantined figures are not in it.
-- Beware: never add rows; what came earlier from the same origin is in mart.toll_revisions.
INSERT INTO mart.figure_comparison BY NAME
FROM mart.as_of(DATE '9999-12-31')
ORDER BY incident_id, cell_id, origin_id;
