-- One row = one time that a figure was held back, and who let it in again.
SELECT reader_version, expectation, reason, quarantined_at, readmitted_at, readmitted_by, readmitted_why
FROM ops.quarantine WHERE figure_id = ? ORDER BY quarantined_at, expectation;
