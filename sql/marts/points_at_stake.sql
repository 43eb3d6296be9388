-- One row: an effective record with problems, for an entity whose month it costs: that month's deduction there ÷ the number of
-- problem records there. A record with several problems carries it once; a quarantined row carries none.
WITH problem_record AS (
    SELECT i.row_id, i.month, i.agency_code, l.source, l.business_key, l.row_number, d.file, p.sheet, i.is_mobile
    FROM core.inspection_record AS i
    JOIN core.row_ledger AS l USING (row_id)
    JOIN core.delivery AS d USING (file_seq)
    JOIN raw.content_part AS p ON p.content_id = l.content_id AND p.sheet_no = l.sheet_no
    WHERE i.has_problem
),

stake AS (
    SELECT r.*, 'officer' AS subject, o.officer_id AS entity_id, 'I3.1' AS clause_id, o.deduction / o.problem_records AS points_at_stake
    FROM problem_record AS r
    JOIN core.record_credit AS c USING (row_id)
    JOIN score.officer_month AS o ON o.month = c.month AND o.officer_id = c.officer_id
    WHERE r.is_mobile
    UNION ALL BY NAME
    SELECT r.*, 'bureau' AS subject, b.region_code AS entity_id, 'C7.1' AS clause_id, b.deduction / b.problem_records AS points_at_stake
    FROM problem_record AS r
    JOIN core.cover AS c USING (agency_code)
    JOIN score.bureau_month AS b ON b.month = r.month AND b.region_code = c.bureau_code
)

SELECT month, source, file, sheet, row_number, business_key, subject, entity_id, clause_id, points_at_stake
FROM stake
WHERE points_at_stake > 0
