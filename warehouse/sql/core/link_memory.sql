-- What is remembered of the linking: who reckoned it, the words and keys of each report, the pairs among them, the group of each
-- report and whether people decided on it, and the pairs at which two groups were joined. There are hundreds of pairs for each report,
-- and a few thousand ways in which comparisons turn out: so pairs hold numbers of reports and of levels.
CREATE OR REPLACE TABLE known.made_by (maker VARCHAR);
CREATE OR REPLACE TABLE known.evidence (number INTEGER, fingerprint UBIGINT, words UBIGINT[], weights DOUBLE[], names UBIGINT[], keys UBIGINT[]);
CREATE OR REPLACE TABLE known.levels (levels INTEGER, gammas TINYINT[], match_probability DOUBLE);
CREATE OR REPLACE TABLE known.pairs (number_l INTEGER, number_r INTEGER, levels INTEGER);
CREATE OR REPLACE TABLE known.homes (fingerprint UBIGINT, home UBIGINT, decided BOOLEAN);
CREATE OR REPLACE TABLE known.joins (fingerprint_l UBIGINT, fingerprint_r UBIGINT);
