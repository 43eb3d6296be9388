-- One row: a bureau under a clause. The clauses of a group together give at most the group's maximum (C7: 得分不超过该项总分): cut, the
-- last ones first.
WITH line AS (
    SELECT * FROM score.c01_case_files
    UNION ALL BY NAME
    SELECT * FROM score.c02_typical_cases
    UNION ALL BY NAME
    SELECT * FROM score.c03_major_cases
    UNION ALL BY NAME
    SELECT * FROM score.c04_institutions
    UNION ALL BY NAME
    SELECT * FROM score.c05_transmission
    UNION ALL BY NAME
    SELECT * FROM score.c06_team
    UNION ALL BY NAME
    SELECT * FROM score.c07_platform
    UNION ALL BY NAME
    SELECT * FROM score.c08_campaigns
    UNION ALL BY NAME
    SELECT * FROM score.c09_special_actions
    UNION ALL BY NAME
    SELECT * FROM score.c10_satisfaction
    UNION ALL BY NAME
    SELECT * FROM score.c11_organisation
),

room AS (
    SELECT
        i.group_id,
        i.sort_no,
        i.max_points,
        l.*,
        greatest(0, i.group_max_points - coalesce(sum(l.points) OVER (
            PARTITION BY l.region_code, i.group_id ORDER BY i.sort_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0)) AS room_left
    FROM line AS l
    JOIN score.bureau_index AS i USING (region_code, clause_id)
)

SELECT
    region_code,
    clause_id,
    group_id,
    sort_no,
    max_points,
    least(points, room_left)::DECIMAL(9, 4) AS points,
    status,
    CASE WHEN points > room_left THEN json_merge_patch(basis, json_object('uncut_points', points)) ELSE basis END AS basis
FROM room
