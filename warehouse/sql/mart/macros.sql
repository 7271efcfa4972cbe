-- Small rules that several views share. Each is a macro of one value.

-- Great-circle distance in km; null where a coordinate is missing.
CREATE OR REPLACE MACRO mart.kilometres(lat1, lon1, lat2, lon2) AS
    12742 * asin(sqrt(least(1.0,
        pow(sin(radians(lat2 - lat1) / 2), 2) + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2))));

-- The number a figure puts into words: 600 for `over 600`, the lowest that a vague word asserts. Persons.
CREATE OR REPLACE MACRO mart.number_said(count_stated, count_min, count_max) AS coalesce(count_stated, count_min, count_max);

-- A figure as people write it: `> 600`, `≥ 246`, `≤ 150`, `~ 20`, `20-30`; vague words stay words (`dozens`). `> 600` is never written 601.
CREATE OR REPLACE MACRO mart.count_shown(bound, count_stated, count_min, count_max, quantity_text) AS
    CASE
        WHEN bound = 'vague' THEN lower(quantity_text)
        WHEN bound = 'range' THEN concat(coalesce(count_min::VARCHAR, '?'), '-', coalesce(count_max::VARCHAR, '?'))
        ELSE concat(
            CASE bound WHEN 'more_than' THEN '> ' WHEN 'at_least' THEN '≥ ' WHEN 'at_most' THEN '≤ ' WHEN 'fewer_than' THEN '< ' WHEN 'about' THEN '~ ' ELSE '' END,
            coalesce(mart.number_said(count_stated, count_min, count_max)::VARCHAR, quantity_text))
    END;

-- The same of a whole row.
CREATE OR REPLACE MACRO mart.shown(print) AS mart.count_shown(print.bound, print.count_stated, print.count_min, print.count_max, print.quantity_text);

-- Share by which a number may be off without contradicting another: `about` a tenth, a vague word a fifth of what it asserts at
-- least, a round number (100 or more, divisible by 50) a twentieth. Any other number is meant as printed.
CREATE OR REPLACE MACRO mart.tolerance(bound, count_stated) AS
    CASE
        WHEN bound = 'about' THEN 0.10
        WHEN bound = 'vague' THEN 0.20
        WHEN bound = 'exact' AND count_stated >= 100 AND count_stated % 50 = 0 THEN 0.05
        ELSE 0.0
    END;

-- A working file of an earlier program has macros that are tables or gone now.
DROP MACRO TABLE IF EXISTS mart.tolls;
DROP MACRO TABLE IF EXISTS mart.origin_tolls;
