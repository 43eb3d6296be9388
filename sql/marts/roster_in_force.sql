SELECT f.month, f.unit_code AS prefecture_code, f.roster_month, f.is_carried
FROM core.roster_in_force AS f
JOIN rulebook.month AS m USING (month)
JOIN core.refresh AS r ON f.month <= r.as_of_month
