-- What the program last made of each table: not part of the contract, so that the contract can change.
CREATE TABLE main.schema_state (full_name VARCHAR NOT NULL, ddl_hash VARCHAR NOT NULL, schema_version INTEGER NOT NULL);
COMMENT ON TABLE main.schema_state IS 'One row = one table of the contract, as the program last made it.';
