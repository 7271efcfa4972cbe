-- Fills an empty warehouse with $articles articles, about three figures each and three tenths as many incidents.
-- Nothing is drawn at random: every value is a hash of its row's number, so two runs make the same rows.
-- Skew: few incidents, publishers, sources and countries have most of the articles. Numbers of an incident scatter around one size.
CREATE OR REPLACE TEMP MACRO draw(number, what) AS (hash(number, what) % 1000000)::DOUBLE / 1000000;
CREATE OR REPLACE TEMP MACRO skewed(number, what, n, power) AS least(n - 1, floor(n * pow(draw(number, what), power)))::BIGINT;

CREATE OR REPLACE TEMP TABLE made_incidents AS
SELECT
    i AS incident,
    (1000000000 + i)::UBIGINT AS incident_id,
    DATE '2012-01-01' + skewed(i, 'day', 5400, 1)::INTEGER AS day,
    skewed(i, 'country', 40, 3) AS country,
    skewed(i, 'place', 5000, 2) AS place,
    1 + skewed(i, 'size', 400, 4) AS size
FROM range((getvariable('articles') * 3 // 10)::BIGINT) AS r (i);

CREATE OR REPLACE TEMP TABLE made_articles AS
SELECT a.*, m.* EXCLUDE (incident), m.day + lag::INTEGER AS published_on
FROM (
    SELECT
        n AS article,
        (5000000000 + n)::UBIGINT AS version_id,
        CASE WHEN n < getvariable('articles') * 3 // 10 THEN n ELSE skewed(n, 'incident', getvariable('articles') * 3 // 10, 2) END AS incident,
        skewed(n, 'publisher', 3000, 2.5) AS publisher,
        skewed(n, 'source', 8000, 2.5) AS source,
        skewed(n, 'lag', 6, 2) AS lag,
        draw(n, 'reprint') < 0.25 AS is_reprint
    FROM range(getvariable('articles')::BIGINT) AS r (n)
) AS a
JOIN made_incidents AS m USING (incident);

CREATE OR REPLACE TEMP TABLE made_figures AS
SELECT
    (9000000000 + a.article * 8 + k)::UBIGINT AS figure_id,
    (9000000000 + a.article * 8)::UBIGINT AS total_id,
    a.*,
    k AS kind,
    draw(a.article * 8 + k, 'bound') AS bound_draw,
    greatest(1, round(a.size * CASE k WHEN 0 THEN 1.0 WHEN 1 THEN 2.0 WHEN 2 THEN 0.4 WHEN 3 THEN 0.2 ELSE 0.3 END * (0.85 + 0.3 * draw(a.article * 8 + k, 'count'))))::BIGINT AS number
FROM made_articles AS a, range(5) AS r (k)
WHERE k = 0 OR draw(a.article * 8 + k, 'kind') < 0.5;

INSERT INTO raw.articles BY NAME
SELECT
    version_id AS article_version_id, 'article-' || article AS article_id, 1 AS version, 'https://paper-' || publisher || '.example/' || article AS url,
    'Publisher ' || publisher AS publisher, 'Attack in town ' || place AS title,
    'People were killed in town ' || place || ', a source said.' AS text, '[[0, 60]]' AS read_spans, CASE WHEN publisher % 4 = 0 THEN 'fr' ELSE 'en' END AS language,
    published_on, CASE WHEN publisher % 2 = 0 THEN published_on + INTERVAL (article % 24) HOUR END AS published_at, false AS is_paraphrase, 'made' AS origin,
    repeat('0', 64) AS bytes_hash, repeat('0', 64) AS text_hash, published_on + INTERVAL 1 DAY AS first_seen_at, (published_on + INTERVAL 1 DAY)::DATE AS ingested_on, 'made' AS run_id
FROM made_articles;

INSERT INTO core.article_versions BY NAME
SELECT
    version_id AS article_version_id, 'article-' || article AS article_id, 1 AS version, published_on,
    CASE WHEN publisher % 2 = 0 THEN published_on + INTERVAL (article % 24) HOUR END AS published_at, published_on + INTERVAL 1 DAY AS first_seen_at,
    CASE WHEN is_reprint THEN (5000000000 + incident)::UBIGINT ELSE version_id END AS story_id
FROM made_articles;

INSERT INTO core.articles BY NAME
SELECT
    v.article_id, v.article_version_id, 1 AS n_versions, (100000 + publisher)::UBIGINT AS publisher_id, 'Publisher ' || publisher AS publisher,
    'Attack in town ' || place AS title, 'https://paper-' || publisher || '.example/' || article AS url, CASE WHEN publisher % 4 = 0 THEN 'fr' ELSE 'en' END AS language,
    v.published_on, v.published_at, v.first_seen_at, false AS is_paraphrase, v.story_id
FROM core.article_versions AS v
JOIN made_articles AS a ON a.version_id = v.article_version_id;

INSERT INTO core.stories BY NAME
SELECT story_id, min(published_on) AS first_published_on, count(*)::INTEGER AS n_articles, count(DISTINCT publisher_id)::INTEGER AS n_publishers
FROM core.articles
GROUP BY story_id;

INSERT INTO core.publishers BY NAME
SELECT DISTINCT (100000 + publisher)::UBIGINT AS publisher_id, 'Publisher ' || publisher AS name, (100000 + publisher)::UBIGINT AS source_id FROM made_articles;

INSERT INTO core.sources BY NAME
SELECT (1000 + source)::UBIGINT AS source_id, 'Source ' || source AS name, CASE source % 4 WHEN 0 THEN 'government' WHEN 1 THEN 'monitor' WHEN 2 THEN 'medical' END AS kind, true AS is_known, false AS is_unnamed
FROM (SELECT DISTINCT source FROM made_articles)
UNION ALL BY NAME
SELECT source_id, name, 'media' AS kind, true AS is_known, false AS is_unnamed FROM core.publishers;

INSERT INTO core.figures BY NAME
SELECT
    figure_id, version_id AS article_version_id, 'article-' || article AS article_id, 'made' AS reader_version,
    CASE WHEN article % 50 = 0 THEN 'confirmed' ELSE 'machine_read' END AS review,
    false AS in_title, (kind * 10)::INTEGER AS char_start, (kind * 10 + 3)::INTEGER AS char_end,
    CASE WHEN bound_draw < 0.03 THEN 'dozens' WHEN bound_draw < 0.2 THEN 'at least ' || number ELSE number::VARCHAR END AS quantity_text,
    'People were killed in town ' || place || ', a source said.' AS sentence,
    CASE WHEN bound_draw >= 0.03 THEN number END AS count_stated,
    CASE WHEN bound_draw < 0.03 THEN 24 ELSE number END AS count_min,
    CASE WHEN bound_draw >= 0.2 THEN number END AS count_max,
    CASE WHEN bound_draw < 0.03 THEN 'vague' WHEN bound_draw < 0.2 THEN 'at_least' WHEN bound_draw < 0.25 THEN 'about' ELSE 'exact' END AS bound,
    CASE WHEN kind = 1 THEN 'injured' ELSE 'killed' END AS outcome,
    CASE kind WHEN 2 THEN 'civilian' WHEN 4 THEN 'combatant' ELSE 'unknown' END AS victim_status,
    'unknown' AS victim_side, CASE WHEN kind = 3 THEN 'children' END AS demographic, false AS named_person,
    CASE WHEN kind IN (2, 3) THEN 'part_of' ELSE 'total' END AS relation, CASE WHEN kind IN (2, 3) THEN total_id END AS part_of_figure_id,
    CASE WHEN article % 40 = 1 THEN 'cumulative' ELSE 'incident' END AS scope, 'asserted' AS stance,
    CASE WHEN article % 3 > 0 THEN 'Source ' || source END AS source_text, CASE WHEN article % 3 > 0 THEN (1000 + source)::UBIGINT END AS source_id,
    CASE WHEN article % 3 > 0 THEN (1000 + source)::UBIGINT ELSE (100000 + publisher)::UBIGINT END AS origin_id,
    []::VARCHAR[] AS flags, day AS event_date_start, day AS event_date_end, 'C' || country AS country, (7000 + place)::UBIGINT AS place_id, 'Area ' || (place // 50) AS place_admin,
    published_on + INTERVAL 2 DAY AS valid_from, 'made' AS run_id
FROM made_figures;

INSERT INTO core.reports BY NAME
SELECT
    version_id AS report_id, version_id AS article_version_id, 'article-' || article AS article_id, true AS is_main, published_on, day AS event_date_start, day AS event_date_end,
    (7000 + place)::UBIGINT AS place_id, 'C' || country AS country, []::VARCHAR[] AS victim_groups, []::VARCHAR[] AS weapons, 1 AS n_figures
FROM made_articles;

INSERT INTO core.report_figures BY NAME
SELECT figure_id, article_version_id AS report_id FROM core.figures WHERE scope = 'incident';

INSERT INTO core.incidents BY NAME
SELECT
    i.incident_id, 'Town ' || i.place || ', ' || i.day AS label, i.day AS event_date_start, i.day AS event_date_end, (7000 + i.place)::UBIGINT AS place_id,
    'Town ' || i.place AS place_name, 'Area ' || (i.place // 50) AS place_admin, 'C' || i.country AS country,
    CASE WHEN i.incident % 3 = 0 THEN 'Red Column' END AS attacker_group, count(*)::INTEGER AS n_reports, count(*)::INTEGER AS n_articles
FROM made_incidents AS i
JOIN made_articles AS a USING (incident)
GROUP BY ALL;

INSERT INTO core.incident_reports BY NAME
SELECT version_id AS report_id, incident_id, 0.5 + 0.5 * draw(version_id, 'link') AS match_probability, 'made' AS link_basis, 'made' AS model_version FROM made_articles;

INSERT INTO core.places BY NAME
SELECT DISTINCT (7000 + place)::UBIGINT AS place_id, 'Town ' || place AS name, 'town' AS precision, 'Area ' || (place // 50) AS admin1, 'XX' AS country,
    (place % 120) - 60.0 AS lat, (place // 50) * 1.0 AS lon, 'made' AS gazetteer, place::VARCHAR AS gazetteer_id
FROM made_incidents;

INSERT INTO core.series BY NAME
SELECT hash(origin_id, outcome, victim_status, demographic, place_id) >> 1 AS series_id, origin_id, outcome, victim_status, demographic, place_id,
    any_value(place_admin) AS place_admin, any_value(country) AS country
FROM core.figures
WHERE scope = 'cumulative'
GROUP BY origin_id, outcome, victim_status, demographic, place_id;

INSERT INTO core.series_figures BY NAME
SELECT figure_id, hash(origin_id, outcome, victim_status, demographic, place_id) >> 1 AS series_id FROM core.figures WHERE scope = 'cumulative';

INSERT INTO ops.readings BY NAME
SELECT version_id AS article_version_id, 'made' AS reader_version, published_on + INTERVAL 2 DAY AS read_at, 3 AS n_figures, 0 AS n_quarantined, 'made' AS run_id
FROM made_articles;
