-- One row: an accepted row of case_file_reviews: neither replaced nor quarantined.
SELECT l.row_id, t.* EXCLUDE (content_id, sheet_no, row_number, business_key, is_key_readable, content_hash, row_region)
FROM raw.case_file_reviews AS t
JOIN core.row_ledger AS l USING (content_id, sheet_no, row_number)
WHERE l.source = 'case_file_reviews' AND NOT l.is_superseded AND NOT l.is_quarantined
