-- One row: an officer under a clause. The clauses of a group together give at most the group's maximum: cut, the last ones first.
WITH line AS (
    SELECT * FROM score.i1_case_files
    UNION ALL BY NAME
    SELECT * FROM score.i2_campaigns
    UNION ALL BY NAME
    SELECT * FROM score.i3_mobile_terminal
    UNION ALL BY NAME
    SELECT * FROM score.i4_typical_cases
    UNION ALL BY NAME
    SELECT * FROM score.i5_satisfaction
),

room AS (
    SELECT
        i.group_id,
        i.sort_no,
        i.max_points,
        l.*,
        greatest(0, i.group_max_points - coalesce(sum(l.points) OVER (
            PARTITION BY l.officer_id, i.group_id ORDER BY i.sort_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0)) AS room_left
    FROM line AS l
    JOIN score.officer_index AS i USING (officer_id, clause_id)
)

SELECT
    officer_id,
    clause_id,
    group_id,
    sort_no,
    max_points,
    least(points, room_left)::DECIMAL(9, 4) AS points,
    status,
    CASE WHEN points > room_left THEN json_merge_patch(basis, json_object('uncut_points', points)) ELSE basis END AS basis
FROM room
