-- Gives back what the scratch tables of scratch.sql hold.
DROP TABLE without_weakest;
DROP TABLE reviewed_only;
DROP TABLE pairs;
DROP TABLE both_reporting;
