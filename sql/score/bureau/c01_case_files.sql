-- C1 案卷评查 (附件3 序号1). C1.1 案卷大家评: the maximum if a row of the cover counts. C1.2 案卷质量: maximum × sum of the marks of
-- the file types ÷ (100 × number of file types).
WITH shown AS (
    SELECT entity_id AS region_code, count(*) AS rows_counted
    FROM score.c01_rows
    WHERE clause_id = 'C1.1' AND is_counted
    GROUP BY entity_id
),

file_types AS (
    SELECT level, count(*) AS file_types
    FROM rulebook.term
    WHERE clause_id = 'C1.2' AND name = 'file_type'
    GROUP BY level
),

marks AS (
    SELECT
        region_code,
        count(*) AS files_found,
        sum(CASE WHEN fault_zh IS NULL THEN mark ELSE 0 END)::DECIMAL(28, 12) AS mark_sum,
        list({
            'file_type': file_type,
            'case_no': case_no,
            'mark': mark,
            'reviewed_on': reviewed_on,
            'fault': fault_zh
        } ORDER BY file_type) AS files
    FROM score.bureau_case_file
    GROUP BY region_code
)

SELECT
    i.region_code,
    i.clause_id,
    CASE WHEN s.rows_counted > 0 THEN i.max_points ELSE 0 END::DECIMAL(9, 4) AS points,
    CASE WHEN s.rows_counted > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'review_rows', coalesce(s.rows_counted, 0),
        'missing', CASE WHEN s.rows_counted IS NULL THEN '本年至截止日辖区没有集体案卷大家评记录' END
    ) AS basis
FROM score.bureau_index AS i
LEFT JOIN shown AS s USING (region_code)
WHERE i.clause_id = 'C1.1'
UNION ALL
SELECT
    i.region_code,
    i.clause_id,
    round4(i.max_points * coalesce(m.mark_sum, 0), 100 * t.file_types),
    CASE WHEN m.files_found > 0 THEN 'scored' ELSE 'no_data' END,
    json_object(
        'mark_sum', coalesce(m.mark_sum, 0),
        'file_types', t.file_types,
        'files', m.files,
        'missing', CASE
            WHEN m.files_found IS NULL THEN '本年至截止日没有本单位的案卷质量评查记录'
            WHEN m.files_found < t.file_types THEN '有的案卷类型没有评查记录，按0分计'
        END
    )
FROM score.bureau_index AS i
JOIN file_types AS t USING (level)
LEFT JOIN marks AS m USING (region_code)
WHERE i.clause_id = 'C1.2'
