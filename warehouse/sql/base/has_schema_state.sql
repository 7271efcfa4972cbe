-- One row when the database has the table of what the program last made, none when it is new.
SELECT 1
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'main' AND table_name = 'schema_state'
