-- mart.party_of(source, at_country, on_day): the party of a conflict to which a source belongs, in a country on a day; null when to none.
-- Several are joined by ` / `. Where the country is not known only what holds everywhere counts: nothing is guessed.
-- Beware: an affiliation describes, as publicly documented; it is no judgement of what the source says.
CREATE OR REPLACE MACRO mart.party_of(source, at_country, on_day) AS (
    SELECT string_agg(DISTINCT a.party, ' / ' ORDER BY a.party)
    FROM core.source_affiliations AS a
    WHERE a.source_id = source
        AND (a.conflict IS NULL OR list_contains(a.countries, at_country))
        AND (a.valid_from IS NULL OR a.valid_from <= on_day)
        AND (a.valid_until IS NULL OR a.valid_until >= on_day)
);
