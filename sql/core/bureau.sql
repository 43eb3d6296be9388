-- One row: a bureau scored (集体): every prefecture, and every county whose agency stands in a roster in force up to M.
SELECT code AS region_code, name AS region_name, level, code AS prefecture_code
FROM rulebook.division
WHERE level = 'prefecture'
UNION ALL
SELECT code, name, level, parent_code
FROM rulebook.division
WHERE level = 'county' AND code IN (
    SELECT o.agency_code
    FROM core.officer_in_force AS o
    JOIN rulebook.month AS m USING (month)
    JOIN core.refresh AS r ON m.month <= r.as_of_month
)
