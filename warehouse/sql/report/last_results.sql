-- One row = one expectation of one of the suites asked for, as the latest run that checked that suite found it.
-- Beware: a table that was not built anew since is as it was then.
FROM ops.validation_results
WHERE suite IN (SELECT unnest($suites::VARCHAR[]))
QUALIFY run_id = first_value(run_id) OVER (PARTITION BY suite ORDER BY checked_at DESC, run_id)
ORDER BY suite, chunk, expectation
