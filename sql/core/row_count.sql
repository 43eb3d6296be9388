-- One row: a file, a source and a region that rows of it name, with what became of these rows.
SELECT
    r.file_seq,
    r.source,
    r.delivery_month,
    r.region_code,
    count_if(f.row_id IS NULL) AS accepted_rows,
    count_if(f.row_id IS NOT NULL AND NOT f.is_superseded) AS quarantined_rows,
    count_if(f.row_id IS NOT NULL AND f.is_superseded) AS duplicate_rows
FROM core.delivered_row AS r
LEFT JOIN core.row_fate AS f ON f.row_id = r.row_id
GROUP BY r.file_seq, r.source, r.delivery_month, r.region_code
