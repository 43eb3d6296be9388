-- One row: an effective record and an officer credited with it: who bears one of its numbers in the roster in force for its month.
SELECT n.row_id, i.month, unnest(c.officer_ids) AS officer_id
FROM core.named_certificate AS n
JOIN core.inspection_record AS i USING (row_id)
JOIN core.certificate_in_force AS c USING (certificate_id)
