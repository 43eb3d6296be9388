-- One row: an effective record (有效检查记录): accepted. Its month is that of the upload (当月上传).
WITH problem AS (
    SELECT
        row_id,
        bool_or(dimension = '完整性') AS has_completeness_problem,
        bool_or(dimension = '规范性') AS has_format_problem,
        bool_or(dimension = '时效性') AS has_timeliness_problem
    FROM core.issue
    WHERE source = 'inspection_records' AND severity = 'problem'
    GROUP BY row_id
)

SELECT
    l.row_id,
    t.record_id,
    date_trunc('month', t.uploaded_at)::DATE AS month,
    t.agency_code,
    t.inspection_mode,
    t.upload_terminal,
    p.row_id IS NOT NULL AS has_problem,
    coalesce(p.has_completeness_problem, FALSE) AS has_completeness_problem,
    coalesce(p.has_format_problem, FALSE) AS has_format_problem,
    coalesce(p.has_timeliness_problem, FALSE) AS has_timeliness_problem
FROM raw.inspection_records AS t
JOIN core.delivery AS d USING (content_id)
JOIN core.row_ledger AS l ON l.row_id = place(d.file_seq, t.sheet_no, t.row_number)
LEFT JOIN problem AS p ON p.row_id = l.row_id
WHERE NOT l.is_superseded AND NOT l.is_quarantined
