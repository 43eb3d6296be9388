-- One row: a penalty case and an officer among its officer_cert_nos (主办人员).
SELECT DISTINCT c.case_no, h.officer_id
FROM (SELECT case_no, unnest(officer_cert_nos) AS cert_no FROM core.penalty_cases) AS c
JOIN core.certificate_holder AS h USING (cert_no)
