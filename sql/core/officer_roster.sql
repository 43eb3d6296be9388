-- One row: an accepted roster row; cert_no is null where another officer of the month holds it (OR-F2).
-- unit_code: whose roster it is, by the agency's first four digits (XXXX00; 650000; 659000).
SELECT
    r.* REPLACE (CASE WHEN c.is_holder IS FALSE THEN NULL ELSE r.cert_no END AS cert_no),
    left(r.agency_code, 4) || '00' AS unit_code
FROM core.roster_row AS r
LEFT JOIN core.certificate_claim AS c USING (row_id)
