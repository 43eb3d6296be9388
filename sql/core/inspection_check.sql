-- One row: a delivered inspection record with what its certificate numbers are worth: given, known in the roster in force for
-- its month, and valid on the day of the inspection.
SELECT
    d.row_id,
    count(n.row_id) AS cert_count,
    count(n.certificate_id) AS known_count,
    count_if(coalesce(n.is_valid, FALSE)) AS valid_count
FROM core.delivered_row AS d
LEFT JOIN core.named_certificate AS n USING (row_id)
WHERE d.source = 'inspection_records'
GROUP BY d.row_id
