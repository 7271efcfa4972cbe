-- Holds: nothing that was written down lies ahead of the clock.
-- Otherwise: the clock was set back, or was ahead before; set it right. Runs write no time before the last one, so the order stays true.
-- One row = one run that lies more than a minute ahead.
SELECT format('run {} at {}', run_id, greatest(started_at, ended_at)) AS broken
FROM ops.runs
WHERE greatest(started_at, ended_at) > make_timestamp(epoch_us(now())) + INTERVAL 1 MINUTE
ORDER BY started_at
