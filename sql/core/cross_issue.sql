-- One row: a rule broken that needs other rows or other tables than the row itself.
WITH inspection AS (
    SELECT row_id, 'inspection_records' AS source, has_month, cert_count, known_count, valid_count
    FROM core.inspection_check
),

entrant AS (
    SELECT d.row_id, d.source, d.content_id, d.sheet_no, d.row_number, t.officer_cert_no
    FROM core.delivered_row AS d
    JOIN raw.case_file_reviews AS t USING (content_id, sheet_no, row_number)
    WHERE d.source = 'case_file_reviews' AND t.entrant_kind = '个人'
    UNION ALL
    SELECT d.row_id, d.source, d.content_id, d.sheet_no, d.row_number, t.officer_cert_no
    FROM core.delivered_row AS d
    JOIN raw.material_reviews AS t USING (content_id, sheet_no, row_number)
    WHERE d.source = 'material_reviews' AND t.entrant_kind = '个人'
    UNION ALL
    SELECT d.row_id, d.source, d.content_id, d.sheet_no, d.row_number, t.officer_cert_no
    FROM core.delivered_row AS d
    JOIN raw.campaign_service AS t USING (content_id, sheet_no, row_number)
    WHERE d.source = 'campaign_service'
),

nominee AS (
    SELECT d.row_id, d.source, t.nominated_by, t.officer_cert_no
    FROM core.delivered_row AS d
    JOIN raw.nominations AS t USING (content_id, sheet_no, row_number)
    WHERE d.source = 'nominations' AND t.nomination_kind <> '县级集体'
)

SELECT row_id, source, 'IR-E5' AS rule_id
FROM inspection
WHERE cert_count = 0 OR (has_month AND known_count = 0)
UNION ALL
SELECT row_id, source, 'IR-F5' FROM inspection WHERE has_month AND valid_count < cert_count
UNION ALL
SELECT row_id, 'officer_roster', 'OR-F2' FROM core.certificate_claim
UNION ALL
SELECT row_id, source, 'D01' FROM core.conflict_in_file
UNION ALL
SELECT
    e.row_id,
    e.source,
    CASE e.source WHEN 'case_file_reviews' THEN 'CR-E2' WHEN 'material_reviews' THEN 'MR-E2' ELSE 'CS-E6' END
FROM entrant AS e
WHERE e.officer_cert_no IS NOT NULL AND e.officer_cert_no NOT IN (SELECT cert_no FROM core.certificate_holder)
UNION ALL
SELECT n.row_id, n.source, 'NM-E3'
FROM nominee AS n
LEFT JOIN core.certificate_holder AS h ON h.cert_no = n.officer_cert_no
WHERE
    n.officer_cert_no IS NOT NULL
    AND (h.cert_no IS NULL OR left(h.agency_code, 4) <> left(n.nominated_by, 4))
