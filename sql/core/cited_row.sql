-- One row: a delivered row that a mart may show, and where a person finds it: it broke a rule, was replaced or replaced another,
-- or is of a source that clauses look at row by row.
WITH cited AS (
    SELECT row_id FROM core.issue
    UNION ALL
    SELECT row_id FROM core.superseded
    UNION ALL
    SELECT replaced_by_row_id FROM core.superseded
)

SELECT
    r.row_id,
    r.source::core.word AS source,
    r.delivery_month,
    d.file,
    p.sheet,
    r.row_number,
    r.business_key,
    r.region_code
FROM core.delivered_row AS r
JOIN (SELECT file_seq, file::core.word AS file FROM core.delivery) AS d USING (file_seq)
JOIN (SELECT content_id, sheet_no, sheet::core.word AS sheet FROM raw.content_part) AS p
    ON p.content_id = r.content_id AND p.sheet_no = r.sheet_no
WHERE r.source NOT IN ('inspection_records', 'officer_roster') OR r.row_id IN (SELECT row_id FROM cited)
