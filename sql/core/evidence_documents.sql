-- One row: an accepted row of evidence_documents: neither replaced nor quarantined.
SELECT l.row_id, t.* EXCLUDE (content_id, sheet_no, row_number, business_key, is_key_readable, content_hash, row_region)
FROM raw.evidence_documents AS t
JOIN core.row_ledger AS l USING (content_id, sheet_no, row_number)
WHERE l.source = 'evidence_documents' AND NOT l.is_superseded AND NOT l.is_quarantined
