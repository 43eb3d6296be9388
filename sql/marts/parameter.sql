-- The rulebook's numbers, words, days and months, one row each; a band as the points given from a value on (≥ or >).
WITH flat AS (
    SELECT clause_id, level, name, rtrim(rtrim(value::VARCHAR, '0'), '.') AS value FROM rulebook.parameter
    UNION ALL
    SELECT clause_id, NULL, 'max_points', rtrim(rtrim(max_points::VARCHAR, '0'), '.') FROM rulebook.clause
    UNION ALL
    SELECT DISTINCT group_id, NULL, 'group_max_points', rtrim(rtrim(group_max_points::VARCHAR, '0'), '.') FROM rulebook.clause
    UNION ALL
    SELECT
        clause_id,
        level,
        name || CASE WHEN is_lower_inclusive THEN '≥' ELSE '>' END || rtrim(rtrim(lower::VARCHAR, '0'), '.'),
        rtrim(rtrim(points::VARCHAR, '0'), '.')
    FROM rulebook.band
    UNION ALL
    SELECT clause_id, level, name, value FROM rulebook.term
    UNION ALL
    SELECT clause_id, level, name, value::VARCHAR FROM rulebook.day
    UNION ALL
    SELECT clause_id, NULL, 'item ' || item, rtrim(rtrim(points::VARCHAR, '0'), '.') FROM rulebook.measure_item
    UNION ALL
    SELECT NULL, level, title_zh || ' quota', quota::VARCHAR FROM rulebook.award
    UNION ALL
    SELECT NULL, level, title_zh || ' ministry_quota', ministry_quota::VARCHAR FROM rulebook.award
    UNION ALL
    SELECT DISTINCT NULL, NULL, kind || ' minimum', minimum::VARCHAR FROM rulebook.nomination_limit
    UNION ALL
    SELECT DISTINCT NULL, NULL, kind || ' maximum', maximum::VARCHAR FROM rulebook.nomination_limit
    UNION ALL
    SELECT NULL, NULL, 'record_month', strftime(month, '%Y-%m') FROM rulebook.month WHERE is_record_month
    UNION ALL
    SELECT NULL, NULL, 'activity_month', strftime(month, '%Y-%m') FROM rulebook.month WHERE is_activity_month
    UNION ALL
    SELECT NULL, NULL, 'final_month', strftime(final_month, '%Y-%m') FROM rulebook.season
    UNION ALL
    SELECT NULL, NULL, 'quality ' || name, rtrim(rtrim(value::VARCHAR, '0'), '.') FROM rulebook.quality
)

SELECT clause_id, level, name, CASE WHEN value = '' THEN '0' ELSE value END AS value
FROM flat
