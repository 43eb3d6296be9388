-- One row: a delivered row that I1 looks at for an officer, and why it counts or not.
WITH review AS (
    SELECT h.officer_id, c.row_id, c.review_kind, c.reviewed_on BETWEEN r.year_start AND r.as_of_day AS is_in_time
    FROM core.case_file_reviews AS c
    JOIN core.certificate_holder AS h ON h.cert_no = c.officer_cert_no
    CROSS JOIN core.refresh AS r
    WHERE c.entrant_kind = '个人'
)

SELECT
    officer_id AS entity_id,
    'I1.1' AS clause_id,
    row_id,
    'case_file_reviews' AS source,
    is_in_time AS is_counted,
    CASE WHEN is_in_time THEN '主动提供案卷参评' ELSE '评查日期不在本年至截止日之间' END AS note_zh
FROM review
WHERE review_kind = '案卷大家评'
UNION ALL
SELECT
    v.officer_id,
    'I1.2',
    v.row_id,
    'case_file_reviews',
    coalesce(f.row_id = v.row_id AND f.fault_zh IS NULL, FALSE),
    CASE
        WHEN NOT v.is_in_time THEN '评查日期不在本年至截止日之间'
        WHEN f.row_id IS DISTINCT FROM v.row_id THEN '另有更近的案卷'
        WHEN f.fault_zh IS NOT NULL THEN f.fault_zh
        WHEN f.bureau_row_id IS NOT NULL THEN '沿用集体评查成绩'
        ELSE '自选案卷'
    END
FROM review AS v
LEFT JOIN score.officer_case_file AS f USING (officer_id)
WHERE v.review_kind = '案卷质量'
UNION ALL
SELECT officer_id, 'I1.2', bureau_row_id, 'case_file_reviews', fault_zh IS NULL, '同一案卷的集体评查'
FROM score.officer_case_file
WHERE bureau_row_id IS NOT NULL
UNION ALL
SELECT officer_id, 'I1.2', case_row_id, 'penalty_cases', fault_zh IS NULL, coalesce(fault_zh, '案件登记符合要求')
FROM score.officer_case_file
WHERE case_row_id IS NOT NULL
