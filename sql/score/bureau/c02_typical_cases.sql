-- C2.1 典型案例采纳 (附件3 序号2): over distinct cases, points for each by the ministry; for those by the region only, at most the
-- region's cap together; the sum at most the maximum.
WITH by_case AS (
    SELECT entity_id AS region_code, case_no, bool_or(is_ministry) AS is_ministry
    FROM score.c02_rows
    WHERE is_counted
    GROUP BY entity_id, case_no
),

counted AS (
    SELECT region_code, count_if(is_ministry) AS ministry_cases, count_if(NOT is_ministry) AS region_cases
    FROM by_case
    GROUP BY region_code
)

SELECT
    i.region_code,
    i.clause_id,
    round4(least(
        i.max_points,
        param('C2.1', i.level, 'points_ministry') * coalesce(c.ministry_cases, 0)
        + least(
            param('C2.1', i.level, 'region_cap'),
            param('C2.1', i.level, 'points_region') * coalesce(c.region_cases, 0)
        )
    ), 1) AS points,
    CASE WHEN c.region_code IS NULL THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'ministry_cases', coalesce(c.ministry_cases, 0),
        'region_cases', coalesce(c.region_cases, 0),
        'points_ministry', param('C2.1', i.level, 'points_ministry'),
        'points_region', param('C2.1', i.level, 'points_region'),
        'region_cap', param('C2.1', i.level, 'region_cap'),
        'missing', CASE WHEN c.region_code IS NULL THEN '本年至截止日辖区没有被采纳的案例' END
    ) AS basis
FROM score.bureau_index AS i
LEFT JOIN counted AS c USING (region_code)
WHERE i.clause_id = 'C2.1'
