-- I1 案卷评查 (附件2 序号1). I1.1 案卷大家评: the maximum if a row counts. I1.2 案卷质量: maximum × mark ÷ 100, 0 with a fault.
WITH shown AS (
    SELECT entity_id AS officer_id, count(*) AS rows_counted
    FROM score.i1_rows
    WHERE clause_id = 'I1.1' AND is_counted
    GROUP BY entity_id
)

SELECT
    i.officer_id,
    i.clause_id,
    CASE WHEN s.rows_counted > 0 THEN i.max_points ELSE 0 END::DECIMAL(9, 4) AS points,
    CASE WHEN s.rows_counted > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'review_rows', coalesce(s.rows_counted, 0),
        'missing', CASE WHEN s.rows_counted IS NULL THEN '本年至截止日没有个人案卷大家评记录' END
    ) AS basis
FROM score.officer_index AS i
LEFT JOIN shown AS s USING (officer_id)
WHERE i.clause_id = 'I1.1'
UNION ALL
SELECT
    i.officer_id,
    i.clause_id,
    CASE WHEN f.fault_zh IS NULL AND f.mark IS NOT NULL THEN round4(i.max_points * f.mark, 100) ELSE 0 END::DECIMAL(9, 4),
    CASE
        WHEN f.officer_id IS NULL THEN 'no_data'
        WHEN f.mark IS NULL THEN 'not_rated'
        ELSE 'scored'
    END,
    json_object(
        'case_no', f.case_no,
        'mark', f.mark,
        'own_mark', f.own_mark,
        'bureau_code', f.bureau_code,
        'reviewed_on', f.reviewed_on,
        'fault', f.fault_zh,
        'missing', CASE
            WHEN f.officer_id IS NULL THEN '本年至截止日没有个人案卷质量评查记录'
            WHEN f.mark IS NULL THEN '案卷尚未评分，也没有集体评查成绩'
        END
    )
FROM score.officer_index AS i
LEFT JOIN score.officer_case_file AS f USING (officer_id)
WHERE i.clause_id = 'I1.2'
