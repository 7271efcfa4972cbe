-- What is remembered of the linking: who reckoned it, the words and keys of each report, and the pairs among them.
CREATE OR REPLACE TABLE known.made_by (maker VARCHAR);
CREATE OR REPLACE TABLE known.evidence (fingerprint UBIGINT, words UBIGINT[], weights DOUBLE[], names UBIGINT[], keys UBIGINT[]);
CREATE OR REPLACE TABLE known.pairs (fingerprint_l UBIGINT, fingerprint_r UBIGINT, match_probability DOUBLE, gammas TINYINT[]);
