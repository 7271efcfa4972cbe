-- mart.as_of(day): the rows of mart.figure_comparison as one would have known them at the end of `day` (a DATE).
-- One row = one origin's latest figure for one cell of one incident. Unit: persons.
-- Publication decides what was known (see tolls.sql); later articles, edits first seen later, and the time of a re-reading
-- play no part. Which reports belong to one incident is today's knowledge, and so is what a person corrected since.
-- Beware: never add rows; parts and wholes, and several origins, stand side by side.
CREATE OR REPLACE MACRO mart.as_of(day) AS TABLE
FROM mart.latest_of('mart.tolls', day);
