-- Every effective record is credited to somebody (IR-E5).
SELECT i.row_id, l.business_key AS record_id
FROM core.inspection_record AS i
ANTI JOIN core.record_credit AS c ON c.row_id = i.row_id
JOIN core.row_ledger AS l ON l.row_id = i.row_id
