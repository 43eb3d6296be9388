-- C5.1 自动监测传输率 (附件3 序号5): by the sums of the year to date; where completed ÷ expected reaches its limit, the points of the
-- band of immediate ÷ expected. Compared by whole numbers: 100 × received against percent × expected.
WITH to_date AS (
    SELECT region_code, month, ytd_expected_count, ytd_immediate_count, ytd_completed_count
    FROM score.bureau_transmission
    QUALIFY row_number() OVER (PARTITION BY region_code ORDER BY month DESC) = 1
),

figures AS (
    SELECT
        i.*,
        d.region_code IS NULL AS is_missing,
        coalesce(d.ytd_expected_count, 0)::HUGEINT AS expected,
        coalesce(d.ytd_immediate_count, 0)::HUGEINT AS immediate,
        coalesce(d.ytd_completed_count, 0)::HUGEINT AS completed
    FROM score.bureau_index AS i
    LEFT JOIN to_date AS d USING (region_code)
    WHERE i.clause_id = 'C5.1'
)

SELECT
    f.region_code,
    f.clause_id,
    round4(coalesce(max(b.points), 0), 1) AS points,
    CASE WHEN f.is_missing THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'expected_count', f.expected,
        'immediate_count', f.immediate,
        'completed_count', f.completed,
        'immediate_rate', CASE WHEN f.expected > 0 THEN f.immediate / f.expected END,
        'completed_rate', CASE WHEN f.expected > 0 THEN f.completed / f.expected END,
        'completed_percent_min', param('C5.1', f.level, 'completed_percent_min'),
        'missing', CASE WHEN f.is_missing THEN '没有收到辖区自动监测传输数据' END
    ) AS basis
FROM figures AS f
LEFT JOIN rulebook.band AS b
    ON b.clause_id = 'C5.1' AND b.name = 'immediate_percent' AND b.level = f.level
    AND f.expected > 0
    AND 100 * f.completed >= param('C5.1', f.level, 'completed_percent_min') * f.expected
    AND (
        100 * f.immediate > b.lower * f.expected
        OR (b.is_lower_inclusive AND 100 * f.immediate = b.lower * f.expected)
    )
GROUP BY f.region_code, f.clause_id, f.level, f.is_missing, f.expected, f.immediate, f.completed
