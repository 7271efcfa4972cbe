-- One row = how many blocks the open database has on disk, and their size in bytes.
SELECT total_blocks, block_size
FROM pragma_database_size()
WHERE database_name = current_database()
