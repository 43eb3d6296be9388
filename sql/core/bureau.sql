-- One row: a bureau scored (集体): every prefecture, and every county whose agency stands in a roster in force up to M, even if
-- all its officers belong elsewhere by a later roster.
SELECT code AS region_code, name AS region_name, level, code AS prefecture_code
FROM rulebook.division
WHERE level = 'prefecture'
UNION ALL
SELECT code, name, level, parent_code
FROM rulebook.division
WHERE level = 'county' AND code IN (
    SELECT o.agency_code
    FROM core.roster_in_force AS f
    JOIN core.officer_roster AS o ON o.unit_code = f.unit_code AND o.month = f.roster_month
    JOIN rulebook.month AS m ON m.month = f.month
    JOIN core.refresh AS r ON m.month <= r.as_of_month
)
