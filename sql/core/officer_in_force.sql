-- One row: an officer who stands in a roster in force for a month; of two units the one whose roster month is later.
-- is_appraised: the unit is one of this appraisal (false for the Corps' cities, 6590).
WITH standing AS (
    SELECT
        f.month,
        o.officer_id,
        o.officer_name,
        o.agency_code,
        o.unit_code,
        o.in_establishment,
        o.on_post,
        o.cert_no,
        o.cert_valid_from,
        o.cert_valid_to,
        o.unit_code IN (SELECT code FROM rulebook.division WHERE level IN ('region', 'prefecture')) AS is_appraised,
        f.roster_month
    FROM core.roster_in_force AS f
    JOIN core.officer_roster AS o ON o.unit_code = f.unit_code AND o.month = f.roster_month
),

twice AS (
    SELECT month, officer_id, max(roster_month) AS roster_month
    FROM standing
    GROUP BY month, officer_id
    HAVING count(*) > 1
)

SELECT s.* EXCLUDE (roster_month)
FROM standing AS s
LEFT JOIN twice AS t ON t.month = s.month AND t.officer_id = s.officer_id
WHERE t.officer_id IS NULL OR s.roster_month = t.roster_month
