-- One row = the name of a source that speaks for an office or body, or that the lexicon knows: it is never masked.
SELECT DISTINCT name FROM core.sources WHERE is_known OR list_contains(?, kind)
UNION
SELECT name FROM core.publishers;
