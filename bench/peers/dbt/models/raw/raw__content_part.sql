-- One row: what a file was found to be. Blank lines and footers are not looked for; the demo's marker is the one unknown column.
SELECT
    content_id,
    1::SMALLINT AS sheet_no,
    NULL::VARCHAR AS sheet,
    source,
    'accepted' AS status,
    NULL::VARCHAR AS reason,
    'UTF-8' AS encoding,
    1 AS header_row,
    rows_below_header::INTEGER AS rows_below_header,
    0 AS footer_rows,
    0 AS blank_rows,
    ['演示数据'] AS ignored_columns
FROM {{ ref('raw__file_rows') }}
