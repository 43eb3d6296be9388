-- C11 大练兵活动组织情况 (附件3 序号11): the bureaus' returns; for C11.3a the prefecture's, for C11.3b and C11.3c those of all counties.
SELECT m.region_code, m.clause_id, m.points, m.status, m.basis
FROM score.measure_line AS m
JOIN rulebook.clause AS c USING (clause_id)
WHERE c.group_id = 'C11'
