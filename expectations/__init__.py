"""Great Expectations suites per table, the validator, the quarantine split, Data Docs.

The way in: `validate.validate` (a chunk before it lands), `table_checks.check_table` (a table after a rebuild),
`data_docs.write` (the pages). Great Expectations itself is imported in `great.py` and `data_docs.py` only, so that
suites and rules can be looked at without paying for its import.
"""
