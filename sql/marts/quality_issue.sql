SELECT
    i.source,
    l.delivery_month,
    d.file,
    p.sheet,
    l.row_number,
    l.business_key,
    i.rule_id,
    i.dimension,
    i.severity,
    i.column_name,
    left(i.value, 80) AS value,
    u.message_zh,
    l.region_code,
    e.month AS record_month,
    i.is_superseded AS superseded
FROM core.issue AS i
JOIN core.row_ledger AS l USING (row_id)
JOIN core.delivery AS d ON d.file_seq = l.file_seq
JOIN raw.content_part AS p ON p.content_id = l.content_id AND p.sheet_no = l.sheet_no
JOIN rulebook.rule AS u ON u.rule_id = i.rule_id
LEFT JOIN core.inspection_record AS e ON e.row_id = i.row_id
