-- C7 信息化建设与应用 (附件3 序号7). C7.1: the sum of the record months of score.bureau_month. C7.2: the last month of
-- score.bureau_activity. C7.4a: when all record months are over, the maximum if each had more than the limit per capita. C7.4b: the
-- bureau's own return. The points of C7 together are cut at the group's maximum in score.bureau_line.
WITH months AS (
    SELECT
        region_code,
        sum(points) AS points,
        sum(headcount)::BIGINT AS headcount_months,
        sum(records)::BIGINT AS records,
        sum(problem_records)::BIGINT AS problem_records,
        bool_and(headcount > 0 AND records > param('C7.4a', level, 'per_capita_above') * headcount) AS is_above_each_month,
        count(*) AS record_months,
        list({
            'month': strftime(month, '%Y-%m'),
            'headcount': headcount,
            'records': records,
            'problem_records': problem_records,
            'base_points': base_points,
            'deduction': deduction,
            'points': points
        } ORDER BY month) AS month_lines
    FROM score.bureau_month
    WHERE is_record_month
    GROUP BY region_code
),

season AS (
    SELECT count(*) AS record_months FROM rulebook.month WHERE is_record_month
),

activity AS (
    SELECT region_code, cert_holders, active_holders, activity_rate, points
    FROM score.bureau_activity
    QUALIFY row_number() OVER (PARTITION BY region_code ORDER BY month DESC) = 1
)

SELECT
    i.region_code,
    i.clause_id,
    coalesce(m.points, 0)::DECIMAL(9, 4) AS points,
    CASE WHEN m.headcount_months > 0 OR m.records > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'records', coalesce(m.records, 0),
        'problem_records', coalesce(m.problem_records, 0),
        'factor', param('C7.1', i.level, 'factor'),
        'months', m.month_lines,
        'missing', CASE
            WHEN m.region_code IS NULL THEN '记录月尚未开始'
            WHEN m.headcount_months = 0 THEN '名册中没有辖区在编在岗人员'
            WHEN m.records = 0 THEN '记录月内没有辖区有效检查记录'
        END
    ) AS basis
FROM score.bureau_index AS i
LEFT JOIN months AS m USING (region_code)
WHERE i.clause_id = 'C7.1'
UNION ALL
SELECT
    i.region_code,
    i.clause_id,
    coalesce(a.points, 0)::DECIMAL(9, 4),
    CASE WHEN a.cert_holders > 0 THEN 'scored' ELSE 'no_data' END,
    json_object(
        'cert_holders', coalesce(a.cert_holders, 0),
        'active_holders', coalesce(a.active_holders, 0),
        'activity_rate', a.activity_rate,
        'missing', CASE WHEN coalesce(a.cert_holders, 0) = 0 THEN '名册中没有辖区持有效证件人员' END
    )
FROM score.bureau_index AS i
LEFT JOIN activity AS a USING (region_code)
WHERE i.clause_id = 'C7.2'
UNION ALL
SELECT
    i.region_code,
    i.clause_id,
    CASE WHEN m.record_months = s.record_months AND m.is_above_each_month THEN i.max_points ELSE 0 END::DECIMAL(9, 4),
    CASE WHEN m.headcount_months > 0 OR m.records > 0 THEN 'scored' ELSE 'no_data' END,
    json_object(
        'per_capita_above', param('C7.4a', i.level, 'per_capita_above'),
        'record_months_over', coalesce(m.record_months, 0),
        'record_months', s.record_months,
        'is_above_each_month', coalesce(m.is_above_each_month, FALSE),
        'missing', CASE
            WHEN coalesce(m.record_months, 0) < s.record_months THEN '记录月尚未全部结束'
            WHEN m.headcount_months = 0 THEN '名册中没有辖区在编在岗人员'
        END
    )
FROM score.bureau_index AS i
CROSS JOIN season AS s
LEFT JOIN months AS m USING (region_code)
WHERE i.clause_id = 'C7.4a'
UNION ALL
SELECT m.region_code, m.clause_id, m.points, m.status, m.basis
FROM score.measure_line AS m
JOIN rulebook.clause AS c USING (clause_id)
WHERE c.group_id = 'C7'
