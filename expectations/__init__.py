"""Great Expectations suites per table, the validator, the quarantine split, Data Docs."""
