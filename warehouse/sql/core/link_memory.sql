-- What is remembered of the linking: who reckoned it, the words and keys of each report, the pairs among them, the group of each
-- report and whether people decided on it, and the pairs at which two groups were joined.
CREATE OR REPLACE TABLE known.made_by (maker VARCHAR);
CREATE OR REPLACE TABLE known.evidence (fingerprint UBIGINT, words UBIGINT[], weights DOUBLE[], names UBIGINT[], keys UBIGINT[]);
CREATE OR REPLACE TABLE known.pairs (fingerprint_l UBIGINT, fingerprint_r UBIGINT, match_probability DOUBLE, gammas TINYINT[]);
CREATE OR REPLACE TABLE known.homes (fingerprint UBIGINT, home UBIGINT, decided BOOLEAN);
CREATE OR REPLACE TABLE known.joins (fingerprint_l UBIGINT, fingerprint_r UBIGINT);
