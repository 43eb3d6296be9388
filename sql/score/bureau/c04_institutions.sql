-- C4 优化执法方式制度落实情况 (附件3 序号4). C4.1, C4.2, C4.6, C4.8, C4.9: the bureau's own returns. C4.3, C4.5, C4.7: the maximum when
-- enough penalty cases of the cover came by the clause's clue. C4.4 举报奖励: points for each full step of cases, and a bonus.
WITH counted AS (
    SELECT
        entity_id AS region_code,
        clause_id,
        count(*) AS cases,
        bool_or(has_bonus) AS has_bonus
    FROM score.c04_rows
    WHERE is_counted
    GROUP BY entity_id, clause_id
),

seen AS (
    SELECT region_code, count_if(is_in_time) AS penalty_cases FROM score.case_in_cover GROUP BY region_code
),

figures AS (
    SELECT
        i.*,
        coalesce(c.cases, 0) AS cases,
        coalesce(c.has_bonus, FALSE) AS has_bonus,
        coalesce(s.penalty_cases, 0) AS penalty_cases,
        CASE WHEN coalesce(s.penalty_cases, 0) = 0 THEN '本年至截止日辖区没有行政处罚案件登记' END AS missing
    FROM score.bureau_index AS i
    LEFT JOIN counted AS c USING (region_code, clause_id)
    LEFT JOIN seen AS s USING (region_code)
)

SELECT
    region_code,
    clause_id,
    CASE WHEN cases >= param(clause_id, level, 'cases_min') THEN max_points ELSE 0 END::DECIMAL(9, 4) AS points,
    CASE WHEN penalty_cases > 0 THEN 'scored' ELSE 'no_data' END AS status,
    json_object(
        'cases', cases,
        'cases_min', param(clause_id, level, 'cases_min'),
        'penalty_cases', penalty_cases,
        'missing', missing
    ) AS basis
FROM figures
WHERE clause_id IN ('C4.3', 'C4.5', 'C4.7')
UNION ALL
SELECT
    region_code,
    clause_id,
    round4(least(
        max_points,
        param('C4.4', level, 'points_step') * (cases // param('C4.4', level, 'cases_step')::BIGINT)
        + CASE WHEN has_bonus THEN param('C4.4', level, 'bonus') ELSE 0 END
    ), 1),
    CASE WHEN penalty_cases > 0 THEN 'scored' ELSE 'no_data' END,
    json_object(
        'cases', cases,
        'cases_step', param('C4.4', level, 'cases_step'),
        'points_step', param('C4.4', level, 'points_step'),
        'has_bonus', has_bonus,
        'bonus', param('C4.4', level, 'bonus'),
        'penalty_cases', penalty_cases,
        'missing', missing
    )
FROM figures
WHERE clause_id = 'C4.4'
UNION ALL
SELECT m.region_code, m.clause_id, m.points, m.status, m.basis
FROM score.measure_line AS m
JOIN rulebook.clause AS c USING (clause_id)
WHERE c.group_id = 'C4'
