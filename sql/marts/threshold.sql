-- One row: a limit of the rulebook at which the points of a clause change, at a level of bureau or for officers.
SELECT clause_id, level, name, lower::DOUBLE AS lower_limit, is_lower_inclusive AS is_inclusive, points::DOUBLE AS points
FROM rulebook.band
UNION ALL
SELECT clause_id, level, name, value::DOUBLE, name <> 'per_capita_above', NULL
FROM rulebook.parameter
WHERE name IN ('completed_percent_min', 'per_capita_above')
