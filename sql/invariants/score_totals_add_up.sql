-- Every officer and bureau has one total, the sum of its lines and of its groups; I3.1 and C7.1 are the sums of their months.
WITH line AS (
    SELECT officer_id AS entity_id, sum(points) AS points FROM marts.officer_indicator_score GROUP BY officer_id
),

bureau_line AS (
    SELECT region_code AS entity_id, sum(points) AS points FROM marts.region_indicator_score GROUP BY region_code
),

officer_month AS (
    SELECT officer_id, sum(points) AS points FROM marts.officer_monthly_record_score GROUP BY officer_id
),

bureau_month AS (
    SELECT region_code, sum(points) AS points FROM marts.region_monthly_record_score GROUP BY region_code
)

SELECT 'officer total' AS what, coalesce(f.officer_id, l.entity_id) AS entity_id, f.total_points AS stated, l.points AS summed
FROM marts.officer_final_score AS f
FULL JOIN line AS l ON l.entity_id = f.officer_id
WHERE f.total_points IS DISTINCT FROM coalesce(l.points, 0) OR f.total_points IS DISTINCT FROM f.i1 + f.i2 + f.i3 + f.i4 + f.i5
UNION ALL
SELECT 'bureau total', coalesce(f.region_code, l.entity_id), f.total_points, l.points
FROM marts.region_final_score AS f
FULL JOIN bureau_line AS l ON l.entity_id = f.region_code
WHERE
    f.total_points IS DISTINCT FROM coalesce(l.points, 0)
    OR f.total_points IS DISTINCT FROM f.c1 + f.c2 + f.c3 + f.c4 + f.c5 + f.c6 + f.c7 + f.c8 + f.c9 + f.c10 + f.c11
UNION ALL
SELECT 'I3.1', i.officer_id, i.points, m.points
FROM marts.officer_indicator_score AS i
LEFT JOIN officer_month AS m USING (officer_id)
WHERE i.clause_id = 'I3.1' AND i.points IS DISTINCT FROM coalesce(m.points, 0)
UNION ALL
SELECT 'C7.1', i.region_code, i.points, m.points
FROM marts.region_indicator_score AS i
LEFT JOIN bureau_month AS m USING (region_code)
WHERE i.clause_id = 'C7.1' AND i.points IS DISTINCT FROM coalesce(m.points, 0)
