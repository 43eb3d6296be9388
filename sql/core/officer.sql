-- One row: an officer scored: who stands in a roster in force for M, of a unit of this appraisal (RULES, Who).
-- has_valid_cert: a certificate valid on the last day of M (持有效行政执法证件).
SELECT
    o.officer_id,
    o.officer_name,
    o.agency_code AS region_code,
    o.unit_code AS prefecture_code,
    coalesce(v.is_valid, FALSE) AS has_valid_cert
FROM core.officer_in_force AS o
JOIN core.refresh AS r ON r.as_of_month = o.month
LEFT JOIN core.certificate_validity AS v ON v.month = o.month AND v.cert_no = o.cert_no
WHERE o.is_appraised
