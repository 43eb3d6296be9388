-- points = base − deduction, the deduction is none without problems and at most the base, and no base outside record months.
SELECT 'officer' AS subject, month, officer_id AS entity_id, base_points, deduction, points
FROM marts.officer_monthly_record_score
WHERE
    points IS DISTINCT FROM base_points - deduction OR deduction > base_points OR deduction < 0
    OR (problem_records = 0 AND deduction <> 0) OR (NOT is_record_month AND base_points <> 0)
UNION ALL
SELECT 'bureau', month, region_code, base_points, deduction, points
FROM marts.region_monthly_record_score
WHERE
    points IS DISTINCT FROM base_points - deduction OR deduction > base_points OR deduction < 0
    OR (problem_records = 0 AND deduction <> 0) OR (NOT is_record_month AND base_points <> 0)
