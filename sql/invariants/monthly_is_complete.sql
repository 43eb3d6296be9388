-- Every bureau stands in every month up to M once.
SELECT b.region_code, m.month, count(s.region_code) AS lines
FROM core.bureau AS b
CROSS JOIN rulebook.month AS m
JOIN core.refresh AS r ON m.month <= r.as_of_month
LEFT JOIN marts.region_monthly_record_score AS s ON s.region_code = b.region_code AND s.month = m.month
GROUP BY b.region_code, m.month
HAVING count(s.region_code) <> 1
