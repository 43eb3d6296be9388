-- One row: an effective record (有效检查记录): accepted, that is neither replaced nor quarantined. Its month is that of the upload
-- (当月上传).
WITH problem AS (
    SELECT
        row_id,
        bool_or(dimension = '完整性') AS has_completeness_problem,
        bool_or(dimension = '规范性') AS has_format_problem,
        bool_or(dimension = '时效性') AS has_timeliness_problem
    FROM core.issue
    WHERE source = 'inspection_records' AND severity = 'problem'
    GROUP BY row_id
),

record AS (
    SELECT
        place(d.file_seq, t.sheet_no, t.row_number) AS row_id,
        date_trunc('month', t.uploaded_at)::DATE AS month,
        t.agency_code
    FROM raw.inspection_records AS t
    JOIN core.delivery AS d USING (content_id)
)

SELECT
    r.*,
    p.row_id IS NOT NULL AS has_problem,
    coalesce(p.has_completeness_problem, FALSE) AS has_completeness_problem,
    coalesce(p.has_format_problem, FALSE) AS has_format_problem,
    coalesce(p.has_timeliness_problem, FALSE) AS has_timeliness_problem
FROM record AS r
ANTI JOIN core.row_fate AS f ON f.row_id = r.row_id
LEFT JOIN problem AS p ON p.row_id = r.row_id
