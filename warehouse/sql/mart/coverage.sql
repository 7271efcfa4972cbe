-- One row = one publisher, day of publication and language: what was received, and what became of it. Unit: article versions, figures.
-- Beware: silence is not peace. A day without a row, or with articles that nobody read, says nothing about whether anybody was hurt;
-- nor does a day with many figures say that more happened than on one with few: compare what was received first.
INSERT INTO mart.coverage BY NAME
WITH landed AS (
    SELECT article_version_id, count(*) AS n FROM core.figures WHERE valid_to IS NULL GROUP BY article_version_id
),
held_back AS (
    SELECT article_version_id, count(DISTINCT figure_id) AS n FROM ops.quarantine WHERE readmitted_at IS NULL GROUP BY article_version_id
),
was_read AS (
    -- by its latest reading: what the reader of now has to leave is not read, whatever an older one made of it; where the reader
    -- of now failed, an older one's figures stand
    SELECT article_version_id, coalesce(arg_max(not_read IS NULL, read_at) FILTER (not_read IS DISTINCT FROM 'error'), false) AS is_read
    FROM ops.readings
    GROUP BY article_version_id
),
reported AS (
    SELECT r.article_version_id, ir.incident_id FROM core.reports AS r JOIN core.incident_reports AS ir USING (report_id)
),
received AS (
    SELECT
        v.article_version_id,
        p.publisher_id,
        coalesce(p.name, 'publisher not known') AS publisher,
        coalesce(v.published_on, v.first_seen_at::DATE) AS published_on,
        coalesce(a.language, 'unknown') AS language
    FROM core.article_versions AS v
    JOIN core.articles AS a USING (article_id)
    LEFT JOIN core.publishers AS p USING (publisher_id)
)
SELECT
    hash(publisher, published_on, language) AS coverage_id,
    publisher_id,
    publisher,
    published_on,
    language,
    count(*)::INTEGER AS n_received,
    (count(*) FILTER (was_read.is_read))::INTEGER AS n_read,
    (count(*) FILTER (NOT was_read.is_read))::INTEGER AS n_not_read,
    (count(*) FILTER (was_read.is_read IS NULL))::INTEGER AS n_unread,
    count(landed.n)::INTEGER AS n_with_figures,
    count(held_back.n)::INTEGER AS n_with_quarantined,
    coalesce(sum(landed.n), 0)::INTEGER AS n_figures,
    coalesce(sum(held_back.n), 0)::INTEGER AS n_quarantined,
    coalesce(len(list_distinct(flatten(list(i.incident_ids) FILTER (i.incident_ids IS NOT NULL)))), 0)::INTEGER AS n_incidents,
    list(received.article_version_id ORDER BY received.article_version_id) AS article_version_ids
FROM received
LEFT JOIN was_read USING (article_version_id)
LEFT JOIN landed USING (article_version_id)
LEFT JOIN held_back USING (article_version_id)
LEFT JOIN (SELECT article_version_id, list(DISTINCT incident_id) AS incident_ids FROM reported GROUP BY article_version_id) AS i USING (article_version_id)
GROUP BY publisher_id, publisher, published_on, language
ORDER BY publisher, published_on, language;
