"""Text in, figures out. Pure Python and data files; no Dagster, DuckDB or Great Expectations."""
