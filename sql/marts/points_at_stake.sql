-- One row: an effective record with problems, for an entity whose month it costs: that month's deduction there ÷ the number of
-- problem records there. A record with several problems carries it once; a quarantined row carries none.
WITH problem_record AS (
    SELECT i.row_id, i.month, i.agency_code, c.source, c.business_key, c.row_number, c.file, c.sheet
    FROM core.inspection_record AS i
    JOIN core.cited_row AS c USING (row_id)
    WHERE i.has_problem
),

bearer AS (
    SELECT n.row_id, c.month, unnest(c.officer_ids) AS officer_id
    FROM core.named_certificate AS n
    JOIN core.certificate_in_force AS c USING (certificate_id)
    WHERE n.is_mobile AND n.row_id IN (SELECT row_id FROM problem_record)
),

stake AS (
    SELECT r.*, 'officer' AS subject, o.officer_id AS entity_id, 'I3.1' AS clause_id, o.deduction / o.problem_records AS points_at_stake
    FROM problem_record AS r
    JOIN bearer AS c USING (row_id)
    JOIN score.officer_month AS o ON o.month = c.month AND o.officer_id = c.officer_id
    UNION ALL BY NAME
    SELECT r.*, 'bureau' AS subject, b.region_code AS entity_id, 'C7.1' AS clause_id, b.deduction / b.problem_records AS points_at_stake
    FROM problem_record AS r
    JOIN core.cover AS c USING (agency_code)
    JOIN score.bureau_month AS b ON b.month = r.month AND b.region_code = c.bureau_code
)

SELECT month, source, file, sheet, row_number, business_key, subject, entity_id, clause_id, points_at_stake
FROM stake
WHERE points_at_stake > 0
