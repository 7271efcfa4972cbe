-- Removes the reports of article versions whose figures changed or are gone. Needs the scratch table report_marks (report_marks.sql).
DELETE FROM core.report_figures
WHERE report_id NOT IN (SELECT report_id FROM core.reports SEMI JOIN report_marks USING (article_version_id, made_from));
DELETE FROM core.reports
WHERE report_id NOT IN (SELECT report_id FROM core.reports SEMI JOIN report_marks USING (article_version_id, made_from));
