-- One row: a bureau scored and a clause of annex 3. Every score file returns exactly its rows of this index.
SELECT b.region_code, b.level, b.prefecture_code, c.clause_id, c.group_id, c.group_max_points, c.max_points, c.sort_no
FROM core.bureau AS b
CROSS JOIN rulebook.clause AS c
WHERE c.subject = 'bureau'
