-- Keeps with all corrections of one figure what the machine read of it. Parameters: JSON; figure id.
UPDATE ops.corrections SET machine_values = ? WHERE kind IN ('confirm', 'amend', 'reject') AND figure_ids = [?::UBIGINT]
