-- One row: an accepted roster row whose cert_no another officer of the same month bears too (OR-F2).
-- The smaller officer_id in code-point order holds the certificate.
SELECT row_id, officer_id = min(officer_id) OVER same_certificate AS is_holder
FROM core.roster_row
WHERE cert_no IS NOT NULL
WINDOW same_certificate AS (PARTITION BY month, cert_no)
QUALIFY min(officer_id) OVER same_certificate <> max(officer_id) OVER same_certificate
