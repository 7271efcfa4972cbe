-- One row = one article version with figures, and a hash over all that its reports are made from. Needs the scratch table report_inputs.
-- Parameter: a hash over the code that makes reports.
CREATE OR REPLACE TEMP TABLE report_marks AS
SELECT article_version_id, hash($maker, list(hash(report_inputs) ORDER BY in_title, char_start, figure_id)) AS made_from
FROM report_inputs
GROUP BY article_version_id;
