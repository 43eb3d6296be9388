-- One row: a quarantined record uploaded from the mobile terminal, and an officer whose certificate it names in the rosters in force
-- for its month: it counts nowhere until it is corrected (SOURCES 3, fatal), and is shown under I3.1.
SELECT DISTINCT
    unnest(c.officer_ids) AS entity_id,
    'I3.1' AS clause_id,
    l.row_id,
    'inspection_records' AS source,
    FALSE AS is_counted,
    '强制性错误：不计分，更正后方可计分' AS note_zh
FROM core.row_ledger AS l
JOIN raw.inspection_records AS t
    ON t.content_id = l.content_id AND t.sheet_no = l.sheet_no AND t.row_number = l.row_number
JOIN core.named_certificate AS n ON n.row_id = l.row_id
JOIN core.certificate_in_force AS c USING (certificate_id)
WHERE
    l.source = 'inspection_records'
    AND l.is_quarantined
    AND t.upload_terminal IN (SELECT value FROM rulebook.term WHERE clause_id = 'I3.1' AND name = 'upload_terminal')
