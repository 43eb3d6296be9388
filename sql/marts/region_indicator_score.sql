SELECT region_code, clause_id, points, max_points, status, basis
FROM score.bureau_line
