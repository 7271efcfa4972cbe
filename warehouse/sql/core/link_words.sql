-- One row = one of the reports asked for, with its words. Parameter: their ids. Needs the scratch table link_reports.
SELECT report_id, words FROM link_reports WHERE report_id IN (SELECT unnest($reports::UBIGINT[]));
