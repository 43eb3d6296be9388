-- I4.1 典型案例 (附件2 序号4): over distinct cases, the ministry's or else the region's points; at most the maximum.
WITH by_case AS (
    SELECT entity_id AS officer_id, case_no, bool_or(is_ministry) AS is_ministry
    FROM score.i4_rows
    WHERE is_counted
    GROUP BY entity_id, case_no
),

counted AS (
    SELECT officer_id, count_if(is_ministry) AS ministry_cases, count_if(NOT is_ministry) AS region_cases
    FROM by_case
    GROUP BY officer_id
)

SELECT
    i.officer_id,
    i.clause_id,
    round4(least(
        i.max_points,
        param('I4.1', 'officer', 'points_ministry') * coalesce(c.ministry_cases, 0)
        + param('I4.1', 'officer', 'points_region') * coalesce(c.region_cases, 0)
    ), 1) AS points,
    CASE WHEN c.officer_id IS NULL THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'ministry_cases', coalesce(c.ministry_cases, 0),
        'region_cases', coalesce(c.region_cases, 0),
        'points_ministry', param('I4.1', 'officer', 'points_ministry'),
        'points_region', param('I4.1', 'officer', 'points_region'),
        'missing', CASE WHEN c.officer_id IS NULL THEN '本年至截止日没有本人承办的典型案例' END
    ) AS basis
FROM score.officer_index AS i
LEFT JOIN counted AS c USING (officer_id)
WHERE i.clause_id = 'I4.1'
