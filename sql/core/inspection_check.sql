-- One row: a delivered inspection record whose certificate numbers fall short. is_nobodys: none is given, or none belongs to an
-- officer of the roster in force for its month (IR-E5). has_invalid: one does not, or was not valid on the day of the inspection
-- (IR-F5). Where uploaded_at cannot be read there is no roster to ask.
SELECT row_id, count(certificate_id) = 0 AS is_nobodys, TRUE AS has_invalid
FROM core.named_certificate
WHERE row_id IN (SELECT row_id FROM core.named_certificate WHERE NOT is_valid)
GROUP BY row_id
UNION ALL
SELECT place(d.file_seq, t.sheet_no, t.row_number), TRUE, FALSE
FROM raw.inspection_records AS t
JOIN core.delivery AS d USING (content_id)
WHERE coalesce(len(t.inspector_cert_nos), 0) = 0
