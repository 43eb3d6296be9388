-- The points of a clause lie between 0 and its maximum, those of a group (一级指标) between 0 and the group's.
WITH line AS (
    SELECT 'officer' AS subject, officer_id AS entity_id, clause_id, points FROM marts.officer_indicator_score
    UNION ALL
    SELECT 'bureau', region_code, clause_id, points FROM marts.region_indicator_score
)

SELECT l.subject, l.entity_id, l.clause_id, l.points, c.max_points
FROM line AS l
JOIN rulebook.clause AS c USING (clause_id)
WHERE l.points NOT BETWEEN 0 AND c.max_points
UNION ALL
SELECT l.subject, l.entity_id, c.group_id, sum(l.points), c.group_max_points
FROM line AS l
JOIN rulebook.clause AS c USING (clause_id)
GROUP BY l.subject, l.entity_id, c.group_id, c.group_max_points
HAVING sum(l.points) > c.group_max_points
