-- One row: an accepted row of penalty_cases: neither replaced nor quarantined.
SELECT l.row_id, t.* EXCLUDE (content_id, sheet_no, row_number, business_key, is_key_readable, content_hash, row_region)
FROM raw.penalty_cases AS t
JOIN core.row_ledger AS l USING (content_id, sheet_no, row_number)
WHERE l.source = 'penalty_cases' AND NOT l.is_superseded AND NOT l.is_quarantined
