-- One row: an accepted row of nominations: neither replaced nor quarantined.
SELECT l.row_id, t.* EXCLUDE (content_id, sheet_no, row_number, business_key, is_key_readable, content_hash, row_region)
FROM raw.nominations AS t
JOIN core.row_ledger AS l USING (content_id, sheet_no, row_number)
WHERE l.source = 'nominations' AND NOT l.is_superseded AND NOT l.is_quarantined
