-- I3 移动执法终端使用能力 (附件2 序号3). I3.1: the sum of the record months of score.officer_month. I3.2: the maximum if a
-- document counts. The lines of the months are in order of their first field.
WITH months AS (
    SELECT
        officer_id,
        sum(points) AS points,
        list_sort(list({
            'month': strftime(month, '%Y-%m'),
            'mobile_records': mobile_records,
            'problem_records': problem_records,
            'base_points': base_points,
            'deduction': deduction,
            'points': points
        })) AS month_lines,
        sum(mobile_records)::BIGINT AS mobile_records,
        sum(problem_records)::BIGINT AS problem_records
    FROM score.officer_month
    WHERE is_record_month
    GROUP BY officer_id
),

documents AS (
    SELECT entity_id AS officer_id, count(*) AS document_rows, count_if(is_counted) AS rows_counted
    FROM score.i3_rows
    GROUP BY entity_id
)

SELECT
    i.officer_id,
    i.clause_id,
    coalesce(m.points, 0)::DECIMAL(9, 4) AS points,
    CASE WHEN m.mobile_records > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'mobile_records', coalesce(m.mobile_records, 0),
        'problem_records', coalesce(m.problem_records, 0),
        'factor', param('I3.1', 'officer', 'factor'),
        'months', m.month_lines,
        'missing', CASE WHEN coalesce(m.mobile_records, 0) = 0 THEN '记录月内没有本人移动端上传的有效检查记录' END
    ) AS basis
FROM score.officer_index AS i
LEFT JOIN months AS m USING (officer_id)
WHERE i.clause_id = 'I3.1'
UNION ALL
SELECT
    i.officer_id,
    i.clause_id,
    CASE WHEN d.rows_counted > 0 THEN i.max_points ELSE 0 END::DECIMAL(9, 4),
    CASE WHEN d.officer_id IS NULL THEN 'no_data' ELSE 'scored' END,
    json_object(
        'mobile_documents', coalesce(d.rows_counted, 0),
        'document_rows', coalesce(d.document_rows, 0),
        'missing', CASE WHEN d.officer_id IS NULL THEN '没有本人制作的调查取证文书' END
    )
FROM score.officer_index AS i
LEFT JOIN documents AS d USING (officer_id)
WHERE i.clause_id = 'I3.2'
