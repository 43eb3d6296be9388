SELECT
    e.subject,
    e.entity_id,
    e.clause_id,
    e.source,
    c.business_key,
    c.file,
    c.sheet,
    c.row_number,
    e.is_counted,
    e.note_zh
FROM score.evidence AS e
JOIN core.cited_row AS c USING (row_id)
