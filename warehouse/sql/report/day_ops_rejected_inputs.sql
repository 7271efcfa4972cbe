-- One row = the number of inputs rejected first on $day (UTC).
SELECT count(*) FROM ops.rejected_inputs WHERE rejected_at::DATE = $day
