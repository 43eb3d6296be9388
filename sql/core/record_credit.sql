-- One row: an effective record and an officer credited with it: who bears one of its numbers in the roster in force for its month.
SELECT DISTINCT n.row_id, n.month, o.officer_id
FROM (SELECT row_id, month, unnest(inspector_cert_nos) AS cert_no FROM core.inspection_record) AS n
JOIN core.officer_in_force AS o ON o.month = n.month AND o.cert_no = n.cert_no
