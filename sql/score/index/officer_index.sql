-- One row: an officer scored and a clause of annex 2. Every score file returns exactly its rows of this index.
SELECT o.officer_id, c.clause_id, c.group_id, c.group_max_points, c.max_points, c.sort_no
FROM core.officer AS o
CROSS JOIN rulebook.clause AS c
WHERE c.subject = 'officer'
