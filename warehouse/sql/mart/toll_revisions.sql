-- One row = one figure of one origin for one cell of one incident, in order of publication, beside the one before. Unit: persons.
-- The rules stand in revisions.sql; by publisher: FROM mart.revisions('publisher').
-- Beware: never add rows. Where only the day is known the order of same-day figures is unknown, and never inferred from their size.
INSERT INTO mart.toll_revisions BY NAME
FROM mart.revisions('origin')
ORDER BY incident_id, outcome, victim_side, victim_status, demographic, origin_id, published_on, published_at NULLS LAST, figure_id;
