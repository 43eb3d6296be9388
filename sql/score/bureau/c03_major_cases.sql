-- C3.1 大案要案 (附件3 序号3): the most categories that can be served, each case serving one and each category served once. By
-- Hall's theorem (deficiency form): the least, over all sets S of categories, of categories − |S| + cases with a category in S.
WITH category_set AS (
    SELECT level, unnest(range(0, 1::BIGINT << value::INTEGER)) AS members, value::INTEGER AS categories
    FROM rulebook.parameter
    WHERE clause_id = 'C3.1' AND name = 'categories'
),

counted AS (
    SELECT entity_id AS region_code, count(*) AS major_cases, list(categories) AS case_categories
    FROM score.c03_rows
    WHERE is_counted
    GROUP BY entity_id
),

bound AS (
    SELECT
        i.region_code,
        s.categories
        - bit_count(s.members)
        + len(list_filter(coalesce(c.case_categories, []), lambda owned: owned & s.members <> 0)) AS served
    FROM score.bureau_index AS i
    JOIN category_set AS s USING (level)
    LEFT JOIN counted AS c USING (region_code)
    WHERE i.clause_id = 'C3.1'
),

matched AS (
    SELECT region_code, min(served) AS categories_served FROM bound GROUP BY region_code
),

seen AS (
    SELECT region_code, count_if(is_in_time) AS penalty_cases FROM score.case_in_cover GROUP BY region_code
)

SELECT
    i.region_code,
    i.clause_id,
    round4(least(i.max_points, param('C3.1', i.level, 'points_each') * m.categories_served), 1) AS points,
    CASE WHEN s.penalty_cases > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'major_cases', coalesce(c.major_cases, 0),
        'categories_served', m.categories_served,
        'points_each', param('C3.1', i.level, 'points_each'),
        'penalty_cases', coalesce(s.penalty_cases, 0),
        'missing', CASE WHEN coalesce(s.penalty_cases, 0) = 0 THEN '本年至截止日辖区没有行政处罚案件登记' END
    ) AS basis
FROM score.bureau_index AS i
JOIN matched AS m USING (region_code)
LEFT JOIN counted AS c USING (region_code)
LEFT JOIN seen AS s USING (region_code)
WHERE i.clause_id = 'C3.1'
