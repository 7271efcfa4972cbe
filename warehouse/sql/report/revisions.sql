-- One row = one figure of one origin in one cell of one of the incidents asked for, in order of publication.
-- Beware: `order_known` false means that the order among figures of that day is not known; sorting them is for display only.
SELECT *
FROM mart.toll_revisions
WHERE incident_id IN (SELECT unnest($incident_ids::UBIGINT[]))
ORDER BY incident_id, outcome, victim_side, victim_status, demographic, origin_id,
         published_on NULLS FIRST, published_at NULLS FIRST, count_min NULLS FIRST, figure_id
