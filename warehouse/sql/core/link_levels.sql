-- One row = levels of the comparisons that some pair shows, numbered: a few thousand for hundreds of thousands of pairs.
CREATE OR REPLACE TEMP TABLE told_levels AS
SELECT gammas, (row_number() OVER () - 1)::BIGINT AS levels FROM (SELECT DISTINCT gammas FROM known.pairs);
