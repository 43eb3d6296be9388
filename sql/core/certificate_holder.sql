-- One row: a certificate number and the officer whom it means in a register (RULES, Who): the holder in the latest accepted
-- roster month up to M that bears it, else the earliest later; on a tie the smaller officer_id.
SELECT o.cert_no, o.officer_id, o.agency_code
FROM core.officer_roster AS o, core.refresh AS r
WHERE o.cert_no IS NOT NULL
QUALIFY row_number() OVER (
    PARTITION BY o.cert_no
    ORDER BY
        o.month > r.as_of_month,
        CASE WHEN o.month <= r.as_of_month THEN o.month END DESC,
        o.month,
        o.officer_id
) = 1
