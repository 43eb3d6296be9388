-- One row: a delivered row that C1 looks at for a bureau, and why it counts or not.
WITH review AS (
    SELECT c.*, c.reviewed_on BETWEEN r.year_start AND r.as_of_day AS is_in_time
    FROM core.case_file_reviews AS c
    CROSS JOIN core.refresh AS r
    WHERE c.entrant_kind = '集体'
)

SELECT
    v.bureau_code AS entity_id,
    'C1.1' AS clause_id,
    c.row_id,
    'case_file_reviews' AS source,
    c.is_in_time AS is_counted,
    CASE WHEN c.is_in_time THEN '主动提供案卷参评' ELSE '评查日期不在本年至截止日之间' END AS note_zh
FROM review AS c
JOIN core.cover AS v ON v.agency_code = c.region_code
WHERE c.review_kind = '案卷大家评'
UNION ALL
SELECT
    c.region_code,
    'C1.2',
    c.row_id,
    'case_file_reviews',
    coalesce(f.fault_zh IS NULL AND f.row_id IS NOT NULL, FALSE),
    CASE
        WHEN NOT c.is_in_time THEN '评查日期不在本年至截止日之间'
        WHEN f.row_id IS NULL THEN '同类案卷另有更近的，或案卷类型不在评查之列'
        ELSE coalesce(f.fault_zh, c.file_type)
    END
FROM review AS c
LEFT JOIN score.bureau_case_file AS f USING (row_id)
WHERE c.review_kind = '案卷质量'
UNION ALL
SELECT region_code, 'C1.2', case_row_id, 'penalty_cases', fault_zh IS NULL, coalesce(fault_zh, '案件登记符合要求')
FROM score.bureau_case_file
WHERE case_row_id IS NOT NULL
