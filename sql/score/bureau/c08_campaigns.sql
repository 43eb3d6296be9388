-- C8 实战练兵 (附件3 序号8). C8.1 派员: a base if anybody was sent, and points for each person, at most the maximum. C8.2 工作组表现:
-- maximum × mean of all marks ÷ 100; a bureau without a row of the required organiser gets the lowest C8.2 among the bureaus of its
-- level that have such a row and a mark (imputed).
WITH sent AS (
    SELECT entity_id AS region_code, count(DISTINCT officer_id) AS persons
    FROM score.c08_rows
    WHERE clause_id = 'C8.1' AND is_counted
    GROUP BY entity_id
),

service AS (
    SELECT
        entity_id AS region_code,
        bool_or(has_required) AS has_required,
        count(*) AS deployments,
        count(mark) AS marks,
        sum(mark)::DECIMAL(28, 12) AS mark_sum
    FROM score.c08_rows
    WHERE clause_id = 'C8.2' AND is_in_time
    GROUP BY entity_id
),

rated AS (
    SELECT
        i.region_code,
        i.clause_id,
        i.level,
        coalesce(s.has_required, FALSE) AS has_required,
        coalesce(s.deployments, 0) AS deployments,
        coalesce(s.marks, 0) AS marks,
        CASE WHEN s.marks > 0 THEN s.mark_sum / s.marks END AS mean_mark,
        CASE WHEN s.marks > 0 THEN round4(i.max_points * s.mark_sum, 100 * s.marks) END AS rated_points
    FROM score.bureau_index AS i
    LEFT JOIN service AS s USING (region_code)
    WHERE i.clause_id = 'C8.2'
),

lowest AS (
    SELECT level, min(rated_points) AS lowest_points FROM rated WHERE has_required AND marks > 0 GROUP BY level
)

SELECT
    i.region_code,
    i.clause_id,
    CASE
        WHEN s.persons IS NULL THEN 0
        ELSE round4(least(
            i.max_points, param('C8.1', i.level, 'base') + param('C8.1', i.level, 'points_each') * s.persons
        ), 1)
    END::DECIMAL(9, 4) AS points,
    CASE WHEN s.persons IS NULL THEN 'no_data' ELSE 'scored' END AS status,
    json_object(
        'persons', coalesce(s.persons, 0),
        'base', param('C8.1', i.level, 'base'),
        'points_each', param('C8.1', i.level, 'points_each'),
        'missing', CASE WHEN s.persons IS NULL THEN '本年至截止日没有派员记录' END
    ) AS basis
FROM score.bureau_index AS i
LEFT JOIN sent AS s USING (region_code)
WHERE i.clause_id = 'C8.1'
UNION ALL
SELECT
    r.region_code,
    r.clause_id,
    CASE WHEN r.has_required THEN coalesce(r.rated_points, 0) ELSE coalesce(w.lowest_points, 0) END::DECIMAL(9, 4),
    CASE
        WHEN r.has_required AND r.marks = 0 THEN 'not_rated'
        WHEN r.has_required THEN 'scored'
        WHEN w.lowest_points IS NOT NULL THEN 'imputed'
        ELSE 'no_data'
    END,
    json_object(
        'deployments', r.deployments,
        'marks', r.marks,
        'mean_mark', r.mean_mark,
        'has_required_organiser', r.has_required,
        'lowest_points', CASE WHEN NOT r.has_required THEN w.lowest_points END,
        'missing', CASE
            WHEN r.has_required AND r.marks = 0 THEN '已派员，尚未评分'
            WHEN NOT r.has_required AND w.lowest_points IS NULL THEN '未参加生态环境部组织的活动，同级也没有可参照的得分'
            WHEN NOT r.has_required THEN '未参加生态环境部组织的活动，按同级最低得分计'
        END
    )
FROM rated AS r
LEFT JOIN lowest AS w USING (level)
