-- mart.party_of(source, at_country, on_day): the party of a conflict to which a source belongs, in a country on a day; null when to none.
-- Several are joined by ` / `. Where the country is not known only what holds everywhere counts: nothing is guessed.
-- mart.party_among: the same of affiliations that are at hand as a list. For many rows join the lists: a question for each row keeps
-- filters from the stored rows.
-- Beware: an affiliation describes, as publicly documented; it is no judgement of what the source says.
CREATE OR REPLACE MACRO mart.party_among(affiliations, at_country, on_day) AS
    nullif(
        array_to_string(
            list_sort(list_distinct(list_transform(
                list_filter(
                    affiliations,
                    lambda a: coalesce(
                        (a.conflict IS NULL OR list_contains(a.countries, at_country))
                        AND (a.valid_from IS NULL OR a.valid_from <= on_day)
                        AND (a.valid_until IS NULL OR a.valid_until >= on_day),
                        false)),
                lambda a: a.party))),
            ' / '),
        '');

CREATE OR REPLACE MACRO mart.party_of(source, at_country, on_day) AS
    mart.party_among((SELECT list(a) FROM core.source_affiliations AS a WHERE a.source_id = source), at_country, on_day);
