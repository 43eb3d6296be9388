SELECT
    c.source,
    c.delivery_month,
    c.file,
    c.sheet,
    c.row_number,
    c.business_key,
    u.rule_word AS rule_id,
    i.dimension,
    i.severity,
    i.column_name,
    left(i.value, 80) AS value,
    u.message_zh,
    c.region_code,
    e.month AS record_month,
    i.is_superseded AS superseded
FROM core.issue AS i
JOIN core.cited_row AS c USING (row_id)
JOIN (
    SELECT rule_id, rule_id::core.word AS rule_word, message_zh::core.word AS message_zh
    FROM rulebook.rule
) AS u ON u.rule_id = i.rule_id
LEFT JOIN core.inspection_record AS e ON e.row_id = i.row_id
