-- rows_below_header = accepted + quarantined + duplicate + footer + blank: an invariant holds the two sides together.
WITH part AS (
    SELECT d.file_seq, p.*
    FROM core.delivery AS d
    JOIN raw.content_part AS p USING (content_id)
),

skipped AS (
    SELECT file_seq, string_agg(sheet, '、' ORDER BY sheet_no) AS skipped_sheets
    FROM part
    WHERE status = 'skipped'
    GROUP BY file_seq
),

ledger AS (
    SELECT
        file_seq,
        source,
        sum(accepted_rows)::BIGINT AS accepted_rows,
        sum(quarantined_rows)::BIGINT AS quarantined_rows,
        sum(duplicate_rows)::BIGINT AS duplicate_rows
    FROM core.row_count
    GROUP BY file_seq, source
),

accepted AS (
    SELECT
        file_seq,
        source,
        min(sheet_no) AS sheet_no,
        string_agg(reason, '；' ORDER BY sheet_no) AS reason,
        sum(rows_below_header)::BIGINT AS rows_below_header,
        sum(footer_rows)::BIGINT AS footer_rows,
        sum(blank_rows)::BIGINT AS blank_rows,
        any_value(encoding) AS encoding
    FROM part
    WHERE status = 'accepted'
    GROUP BY file_seq, source
),

ignored AS (
    SELECT file_seq, source, string_agg(name, '、' ORDER BY place) AS ignored_columns
    FROM (
        SELECT file_seq, source, name, min(place) AS place
        FROM (
            SELECT
                file_seq,
                source,
                unnest(ignored_columns) AS name,
                row(sheet_no, generate_subscripts(ignored_columns, 1)) AS place
            FROM part
            WHERE status = 'accepted'
        )
        GROUP BY file_seq, source, name
    )
    GROUP BY file_seq, source
),

line AS (
    SELECT
        a.file_seq,
        a.source,
        a.sheet_no,
        'accepted' AS status,
        a.reason,
        a.rows_below_header,
        coalesce(l.accepted_rows, 0) AS accepted_rows,
        coalesce(l.quarantined_rows, 0) AS quarantined_rows,
        coalesce(l.duplicate_rows, 0) AS duplicate_rows,
        a.footer_rows,
        a.blank_rows,
        i.ignored_columns,
        a.encoding
    FROM accepted AS a
    LEFT JOIN ledger AS l USING (file_seq, source)
    LEFT JOIN ignored AS i USING (file_seq, source)
    UNION ALL BY NAME
    SELECT file_seq, NULL AS source, sheet_no, 'refused' AS status, reason, encoding
    FROM part
    WHERE status = 'refused'
)

SELECT
    d.file,
    l.source,
    d.sha256,
    d.delivery_month,
    l.status,
    l.reason,
    s.skipped_sheets,
    l.rows_below_header,
    l.accepted_rows,
    l.quarantined_rows,
    l.duplicate_rows,
    l.footer_rows,
    l.blank_rows,
    l.ignored_columns,
    l.encoding
FROM line AS l
JOIN core.delivery AS d USING (file_seq)
LEFT JOIN skipped AS s USING (file_seq)
