-- Holds: no figure stopped being current before it was current.
-- Otherwise: the clock was set back between two readings; the figures are right, their times are not.
-- One row = one such figure.
SELECT format('figure {} of reader {}: from {} to {}', figure_id, reader_version, valid_from, valid_to) AS broken
FROM core.figures
WHERE valid_to < valid_from
ORDER BY figure_id
