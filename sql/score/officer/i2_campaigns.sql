-- I2.1 实战练兵 (附件2 序号2): maximum × best mark ÷ 100 − deduction × all breaches, not below 0; no mark: 0.
WITH service AS (
    SELECT
        entity_id AS officer_id,
        count(*) AS deployments,
        max(mark) AS best_mark,
        sum(breaches)::DECIMAL(28, 0) AS breaches
    FROM score.i2_rows
    WHERE is_counted
    GROUP BY entity_id
)

SELECT
    i.officer_id,
    i.clause_id,
    CASE
        WHEN s.best_mark IS NULL THEN 0
        ELSE round4(greatest(0, i.max_points * s.best_mark - coalesce(
            -- more than such a decimal holds takes all points
            try_cast(100 * param('I2.1', 'officer', 'breach_deduction') * s.breaches AS DECIMAL(22, 6)),
            i.max_points * s.best_mark
        )), 100)
    END::DECIMAL(9, 4) AS points,
    CASE WHEN s.officer_id IS NULL THEN 'no_data' WHEN s.best_mark IS NULL THEN 'not_rated' ELSE 'scored' END AS status,
    json_object(
        'deployments', coalesce(s.deployments, 0),
        'best_mark', s.best_mark,
        'breaches', coalesce(s.breaches, 0)::HUGEINT,
        'breach_deduction', param('I2.1', 'officer', 'breach_deduction'),
        'missing', CASE
            WHEN s.officer_id IS NULL THEN '本年至截止日没有实战练兵派员记录'
            WHEN s.best_mark IS NULL THEN '已派员，尚未评分'
        END
    ) AS basis
FROM score.officer_index AS i
LEFT JOIN service AS s USING (officer_id)
WHERE i.clause_id = 'I2.1'
