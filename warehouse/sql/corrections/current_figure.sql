-- One row = the current reading of one figure. Parameter: figure id.
FROM core.figures WHERE figure_id = ? AND valid_to IS NULL
