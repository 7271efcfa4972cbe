"""DuckDB: connection, DDL, loads, linking, views and macros as .sql files, publishing, the report."""
