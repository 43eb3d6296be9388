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

-- Where the maxima of a group's clauses fit into its own, nothing can be cut: there is room for each.
cut_group AS (
    SELECT group_id
    FROM rulebook.clause
    WHERE subject = 'officer'
    GROUP BY group_id
    HAVING sum(max_points) > any_value(group_max_points)
),

room AS (
    SELECT
        l.officer_id,
        l.clause_id,
        greatest(0, c.group_max_points - coalesce(sum(l.points) OVER (
            PARTITION BY l.officer_id, c.group_id ORDER BY c.sort_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0)) AS room_left
    FROM line AS l
    JOIN rulebook.clause AS c USING (clause_id)
    WHERE c.group_id IN (SELECT group_id FROM cut_group)
)

SELECT
    l.officer_id,
    l.clause_id,
    c.group_id,
    c.sort_no,
    c.max_points,
    least(l.points, coalesce(r.room_left, l.points))::DECIMAL(9, 4) AS points,
    l.status,
    CASE WHEN l.points > r.room_left THEN json_merge_patch(l.basis, json_object('uncut_points', l.points)) ELSE l.basis END AS basis
FROM line AS l
JOIN rulebook.clause AS c USING (clause_id)
LEFT JOIN room AS r USING (officer_id, clause_id)
