-- Sets what people may amend of one figure's current reading. Parameters by name of the column; figure_id.
UPDATE core.figures
SET outcome = $outcome, count_stated = $count_stated::BIGINT, count_min = $count_min::BIGINT, count_max = $count_max::BIGINT, bound = $bound,
    victim_status = $victim_status, victim_group = $victim_group, victim_side = $victim_side, demographic = $demographic,
    relation = $relation, scope = $scope, stance = $stance,
    event_date_start = $event_date_start::DATE, event_date_end = $event_date_end::DATE,
    place_text = $place_text, source_text = $source_text, source_kind = $source_kind, review = $review
WHERE figure_id = $figure_id AND valid_to IS NULL
