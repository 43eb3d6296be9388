SELECT region_code, clause_id, points, max_points, status, basis
FROM score.bureau_line
ORDER BY region_code, sort_no
