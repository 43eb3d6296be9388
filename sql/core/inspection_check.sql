-- One row: a delivered inspection record with what its certificate numbers are worth: given, known in the roster in force for
-- its month, and valid on the day of the inspection. has_month: uploaded_at can be read, so that there is a roster to ask.
WITH known AS (
    SELECT row_id, count(certificate_id) AS known_count, count_if(is_valid) AS valid_count
    FROM core.named_certificate
    GROUP BY row_id
)

SELECT
    place(d.file_seq, t.sheet_no, t.row_number) AS row_id,
    t.uploaded_at IS NOT NULL AS has_month,
    coalesce(len(t.inspector_cert_nos), 0) AS cert_count,
    coalesce(k.known_count, 0) AS known_count,
    coalesce(k.valid_count, 0) AS valid_count
FROM raw.inspection_records AS t
JOIN core.delivery AS d USING (content_id)
LEFT JOIN known AS k ON k.row_id = place(d.file_seq, t.sheet_no, t.row_number)
