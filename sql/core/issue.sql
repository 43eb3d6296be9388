-- One row: a rule broken by a delivered row, as it is listed. A row that broke a fatal rule lists its fatal rules only.
WITH broken AS (
    SELECT place(d.file_seq, i.sheet_no, i.row_number) AS row_id, i.source, i.rule_id, i.column_name, i.value
    FROM raw.issue AS i
    JOIN core.delivery AS d USING (content_id)
    UNION ALL
    SELECT c.row_id, c.source, c.rule_id, u.column_name, NULL
    FROM core.cross_issue AS c
    JOIN rulebook.rule AS u USING (rule_id)
),

judged AS (
    SELECT b.*, u.severity, u.dimension
    FROM broken AS b
    JOIN rulebook.rule AS u USING (rule_id)
)

SELECT
    row_id,
    any_value(source) AS source,
    rule_id,
    column_name,
    any_value(value) AS value,
    any_value(severity) AS severity,
    any_value(dimension) AS dimension,
    row_id IN (SELECT row_id FROM core.superseded) AS is_superseded
FROM judged
WHERE severity = 'fatal' OR row_id NOT IN (SELECT row_id FROM judged WHERE severity = 'fatal')
GROUP BY row_id, rule_id, column_name
