-- One row: an officer who stands in a roster in force for a month; of two units the one whose roster month is later.
-- is_appraised: the unit is one of this appraisal (false for the Corps' cities, 6590).
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
    o.unit_code IN (SELECT code FROM rulebook.division WHERE level IN ('region', 'prefecture')) AS is_appraised
FROM core.roster_in_force AS f
JOIN core.officer_roster AS o ON o.unit_code = f.unit_code AND o.month = f.roster_month
QUALIFY row_number() OVER (PARTITION BY f.month, o.officer_id ORDER BY f.roster_month DESC) = 1
