-- What the linking model's conditions and its blocking may call, in whatever database the linking runs.
CREATE OR REPLACE TEMP MACRO km(lat1, lon1, lat2, lon2) AS
    12742 * asin(sqrt(least(1.0,
        pow(sin(radians(lat2 - lat1) / 2), 2) + cos(radians(lat1)) * cos(radians(lat2)) * pow(sin(radians(lon2 - lon1) / 2), 2))));
-- Cosine of two texts by their weighted words: lists of words, and lists of weights of length 1.
CREATE OR REPLACE TEMP MACRO likeness(words1, weights1, words2, weights2) AS
    coalesce(list_sum(list_transform(
        list_intersect(words1, words2),
        lambda word: weights1[list_position(words1, word)] * weights2[list_position(words2, word)])), 0.0);
-- The days of a report and the day after, as numbers, so that neighbours meet as well. Null without a day.
CREATE OR REPLACE TEMP MACRO link_days(day_from, day_to, most_days) AS
    range(day_from - DATE '1970-01-01', least(day_to, day_from + most_days) - DATE '1970-01-01' + 2);
-- The keys under which a report is looked for; two reports are compared when they share one.
--   same or next day in one first-level area; same or next day and a weighty word; published within about a week and a weighty word
--   that is not common; two such words at any time; the same text; two versions of one article.
-- telling: the words that are not common. A word is weighty among those of its text, and short texts have few: `claimed` and
-- `responsibility` are in every fifth report of attacks, and would hold each against each for ever.
CREATE OR REPLACE TEMP MACRO link_keys(words, telling, days, published_on, country, admin, story_id, article_id, n_day, n_week, n_pair) AS
    list_distinct(list_concat(
        [hash('story', story_id), hash('article', article_id)],
        CASE WHEN admin IS NOT NULL THEN list_transform(days, lambda day: hash('area', day, country, admin)) END,
        flatten(list_transform(days, lambda day: list_transform(words[1:n_day], lambda word: hash('day', day, word)))),
        CASE WHEN published_on IS NOT NULL THEN list_concat(
            list_transform(
                list_intersect(words[1:n_week], telling), lambda word: hash('week', (published_on - DATE '1970-01-01') // 7, word)),
            list_transform(
                list_intersect(words[1:n_week], telling), lambda word: hash('week', (published_on - DATE '1970-01-01') // 7 + 1, word))) END,
        flatten(list_transform(list_intersect(words[1:n_pair], telling), lambda one: list_transform(
            list_filter(list_intersect(words[1:n_pair], telling), lambda other: other > one), lambda other: hash('pair', one, other))))));
-- How far the nearest of two lists of days of the year are apart. Null when one is empty.
CREATE OR REPLACE TEMP MACRO year_days_apart(days1, days2) AS
    list_min(flatten(list_transform(days1, lambda one: list_transform(days2, lambda other: least((one - other + 366) % 366, (other - one + 366) % 366)))));
