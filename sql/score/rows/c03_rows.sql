-- One row: a penalty case of a bureau's cover that was put forward as 大案要案, with its categories as a set of bits.
WITH published AS (
    SELECT DISTINCT c.case_no
    FROM core.typical_cases AS c
    JOIN core.refresh AS r ON c.published_on <= r.as_of_day
    WHERE
        c.publisher_level = '生态环境部'
        AND c.adopted_as IN (SELECT value FROM rulebook.term WHERE clause_id = 'C3.1' AND name = 'excluded_as')
),

category AS (
    SELECT region_code, row_id, category
    FROM (SELECT region_code, row_id, unnest(major_categories) AS category FROM score.case_in_cover)
),

categorised AS (
    SELECT c.region_code, c.row_id, bit_or(1::BIGINT << (c.category - 1)) AS categories
    FROM category AS c
    JOIN core.bureau AS b USING (region_code)
    WHERE c.category BETWEEN 1 AND param('C3.1', b.level, 'categories')
    GROUP BY c.region_code, c.row_id
)

SELECT
    c.region_code AS entity_id,
    'C3.1' AS clause_id,
    c.row_id,
    'penalty_cases' AS source,
    c.is_in_time AND c.major_review IS NOT DISTINCT FROM '认定' AND k.categories IS NOT NULL AND p.case_no IS NULL AS is_counted,
    CASE
        WHEN NOT c.is_in_time THEN '处罚决定不在本年至截止日之间'
        WHEN c.major_review IS DISTINCT FROM '认定' THEN '大案要案未经认定'
        WHEN k.categories IS NULL THEN '没有大案要案类别'
        WHEN p.case_no IS NOT NULL THEN '已被生态环境部作为典型案例发布'
        ELSE '参与类别配对'
    END AS note_zh,
    k.categories
FROM score.case_in_cover AS c
LEFT JOIN categorised AS k USING (region_code, row_id)
LEFT JOIN published AS p ON p.case_no = c.case_no
WHERE c.major_review IS NOT NULL OR len(c.major_categories) > 0
