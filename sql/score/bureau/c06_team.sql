-- C6 执法队伍管理 (附件3 序号6): the bureau's own returns.
SELECT m.region_code, m.clause_id, m.points, m.status, m.basis
FROM score.measure_line AS m
JOIN rulebook.clause AS c USING (clause_id)
WHERE c.group_id = 'C6'
