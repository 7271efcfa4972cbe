"""Dagster assets, checks, schedules, sensors and jobs, and the `casualties` command. Thin: it calls, it does not think."""
