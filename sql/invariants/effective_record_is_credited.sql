-- Every effective record is credited to somebody (IR-E5).
SELECT i.row_id, r.business_key AS record_id
FROM core.inspection_record AS i
ANTI JOIN core.named_certificate AS n ON n.row_id = i.row_id AND n.certificate_id IS NOT NULL
JOIN core.delivered_row AS r ON r.row_id = i.row_id
