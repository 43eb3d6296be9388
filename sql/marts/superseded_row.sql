SELECT
    s.source,
    l.business_key,
    d.file,
    p.sheet,
    l.row_number,
    rd.file AS replaced_by_file,
    rp.sheet AS replaced_by_sheet,
    rl.row_number AS replaced_by_row_number,
    s.is_correction
FROM core.superseded AS s
JOIN core.row_ledger AS l ON l.row_id = s.row_id
JOIN core.delivery AS d ON d.file_seq = l.file_seq
JOIN raw.content_part AS p ON p.content_id = l.content_id AND p.sheet_no = l.sheet_no
JOIN core.row_ledger AS rl ON rl.row_id = s.replaced_by_row_id
JOIN core.delivery AS rd ON rd.file_seq = rl.file_seq
JOIN raw.content_part AS rp ON rp.content_id = rl.content_id AND rp.sheet_no = rl.sheet_no
ORDER BY s.row_id
