SELECT officer_id, clause_id, points, max_points, status, basis
FROM score.officer_line
