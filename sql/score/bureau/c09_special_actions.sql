-- C9 专项行动表现 (附件3 序号9). C9.1, C9.2: points for each referral that the police filed, at most the maximum. C9.3: the bureau's own
-- returns.
WITH counted AS (
    SELECT entity_id AS region_code, clause_id, count(*) AS referrals, count_if(is_counted) AS filed
    FROM score.c09_rows
    GROUP BY entity_id, clause_id
)

SELECT
    i.region_code,
    i.clause_id,
    round4(least(i.max_points, param(i.clause_id, i.level, 'points_each') * coalesce(c.filed, 0)), 1) AS points,
    CASE WHEN c.region_code IS NULL THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'filed_referrals', coalesce(c.filed, 0),
        'referrals', coalesce(c.referrals, 0),
        'points_each', param(i.clause_id, i.level, 'points_each'),
        'missing', CASE WHEN c.region_code IS NULL THEN '没有收到辖区此类移送登记' END
    ) AS basis
FROM score.bureau_index AS i
LEFT JOIN counted AS c USING (region_code, clause_id)
WHERE i.clause_id IN ('C9.1', 'C9.2')
UNION ALL
SELECT m.region_code, m.clause_id, m.points, m.status, m.basis
FROM score.measure_line AS m
JOIN rulebook.clause AS c USING (clause_id)
WHERE c.group_id = 'C9'
