-- One row: a penalty case and an officer who handled it (主办人员), by the certificate numbers of the register.
SELECT DISTINCT p.case_no, h.officer_id
FROM (SELECT case_no, unnest(officer_cert_nos) AS cert_no FROM core.penalty_cases) AS p
JOIN core.certificate_holder AS h USING (cert_no)
