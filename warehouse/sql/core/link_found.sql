-- One row = one likely pair, of which one report at least is new; filled slice by slice.
CREATE OR REPLACE TEMP TABLE found (report_id_l UBIGINT, report_id_r UBIGINT, match_probability DOUBLE, gammas TINYINT[]);
