-- One row = one print of one origin's statement by somebody else, beside the fullest print of the same statement. Unit: persons.
-- A statement is one number of one origin about one outcome of one incident: how else should 215 people be known again in 215
-- civilians. Its fullest print (reference) is the origin's own, else the first by day, of those with a bound before a bare number.
-- Where the reference's article gives the same number of several groups, a relay is held against the group it is nearest to.
-- Beware: what differs may have been changed on the way, or said twice in different words: read both quotes. The reference may itself
-- be changed. direction_known false: neither is the origin's own, and both are of one day. No ranking of publishers.
INSERT INTO mart.relay_drift BY NAME
WITH several AS (
    -- most statements stand in one article; only the others are looked at
    SELECT incident_id, outcome, origin_id, said
    FROM mart.tolls
    WHERE NOT is_derived AND said >= 2
    GROUP BY incident_id, outcome, origin_id, said
    HAVING count(*) > 1 AND min(hash(article_id)) < max(hash(article_id))
),
prints AS (
    SELECT
        t.*,
        t.is_own_print AS is_own,
        f.relayed_by,
        lower(f.victim_text) AS victims,
        f.source_id IS NOT NULL AS is_attributed
    FROM mart.tolls AS t
    SEMI JOIN several USING (incident_id, outcome, origin_id, said)
    JOIN core.figures AS f ON f.figure_id = t.figure_id AND f.valid_to IS NULL
    WHERE NOT t.is_derived AND NOT t.named_person AND NOT t.in_title AND t.said >= 2 AND t.stance NOT IN ('denied', 'none_reported') AND t.review <> 'rejected'
        AND t.superseded_by IS DISTINCT FROM 'edit'
),
firsts AS (
    SELECT
        incident_id, outcome, origin_id, said,
        arg_min(article_version_id, [(NOT is_own)::BIGINT, (bound = 'exact')::BIGINT, epoch_us(reported_on::TIMESTAMP), coalesce(epoch_us(published_at), 9e18::BIGINT), figure_id::BIGINT]) AS article_version_id
    FROM prints
    GROUP BY incident_id, outcome, origin_id, said
    HAVING count(DISTINCT article_id) > 1
),
paired AS (
    SELECT
        p AS relay, r AS reference,
        list_filter([
            CASE
                WHEN p.bound = r.bound THEN NULL
                WHEN p.bound = 'exact' THEN 'bound_lost'
                WHEN r.bound = 'exact' THEN 'bound_added'
                ELSE 'bound_changed'
            END,
            CASE WHEN p.victim_status <> r.victim_status THEN 'status_changed' END,
            CASE WHEN p.demographic <> r.demographic THEN 'demographic_changed' END,
            CASE WHEN p.stance <> r.stance THEN 'stance_changed' END,
            CASE WHEN p.victim_status = r.victim_status AND p.victims <> r.victims THEN 'victims_reworded' END
        ], lambda item: item IS NOT NULL) AS changed,
        list_filter([
            CASE WHEN p.bound <> r.bound THEN mart.shown(r) || ' → ' || mart.shown(p) END,
            CASE WHEN p.victim_status <> r.victim_status THEN r.victim_status || ' → ' || p.victim_status END,
            CASE WHEN p.demographic <> r.demographic THEN r.demographic || ' → ' || p.demographic END,
            CASE WHEN p.stance <> r.stance THEN r.stance || ' → ' || p.stance END,
            CASE WHEN p.victim_status = r.victim_status AND p.victims <> r.victims THEN r.victims || ' → ' || p.victims END
        ], lambda item: item IS NOT NULL) AS details
    FROM firsts AS f
    JOIN prints AS r USING (incident_id, outcome, origin_id, said, article_version_id)
    JOIN prints AS p ON p.incident_id = f.incident_id AND p.outcome = f.outcome AND p.origin_id = f.origin_id AND p.said = f.said AND p.article_id <> r.article_id AND NOT p.is_own
),
nearest AS (
    SELECT relay, arg_min({reference: reference, changed: changed, details: details}, [len(changed), reference.figure_id::BIGINT]) AS held
    FROM paired
    GROUP BY relay
)
SELECT
    relay.incident_id AS incident_id, relay.incident AS incident, relay.country AS country, relay.event_date_start AS event_date_start,
    relay.outcome AS outcome, relay.origin_id AS origin_id, n.name AS origin, relay.said AS said,
    held.reference.figure_id AS reference_figure_id,
    held.reference.publisher AS reference_publisher,
    held.reference.is_own AS reference_is_own,
    mart.shown(held.reference) AS reference_shown,
    held.reference.reported_on AS reference_on,
    held.reference.review AS reference_review,
    relay.figure_id AS figure_id,
    relay.publisher AS publisher,
    relay.relayed_by AS relayed_by,
    mart.shown(relay) AS count_shown,
    relay.reported_on AS published_on,
    relay.review AS review,
    held.reference.is_own OR held.reference.reported_on < relay.reported_on AS direction_known,
    coalesce(held.reference.story_id = relay.story_id, false) AS same_story,
    held.changed AS changed,
    held.details AS details,
    [held.reference.figure_id, relay.figure_id] AS figure_ids
FROM nearest
JOIN core.sources AS n ON n.source_id = nearest.relay.origin_id
ORDER BY incident_id, outcome, origin_id, said, published_on, figure_id;
