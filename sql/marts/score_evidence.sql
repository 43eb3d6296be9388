SELECT
    e.subject,
    e.entity_id,
    e.clause_id,
    e.source,
    l.business_key,
    d.file,
    p.sheet,
    l.row_number,
    e.is_counted,
    e.note_zh
FROM score.evidence AS e
JOIN core.row_ledger AS l USING (row_id)
JOIN core.delivery AS d USING (file_seq)
JOIN raw.content_part AS p ON p.content_id = l.content_id AND p.sheet_no = l.sheet_no
ORDER BY e.subject, e.entity_id, e.clause_id, e.row_id, e.note_zh
