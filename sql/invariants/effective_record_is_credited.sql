-- Every effective record is credited to somebody (IR-E5).
SELECT row_id, record_id FROM core.inspection_record WHERE row_id NOT IN (SELECT row_id FROM core.record_credit)
