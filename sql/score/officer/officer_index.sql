-- One row: an officer scored under a clause of the rulebook: what must be scored, made before any score.
SELECT o.officer_id, c.clause_id, c.group_id, c.max_points, c.sort_no
FROM core.officer AS o
CROSS JOIN rulebook.clause AS c
WHERE c.subject = 'officer'
