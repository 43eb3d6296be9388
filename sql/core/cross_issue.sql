-- One row: a rule broken that needs other rows or other tables than the row itself.
WITH entrant AS (
    SELECT 'case_file_reviews' AS source, content_id, sheet_no, row_number, officer_cert_no
    FROM raw.case_file_reviews
    WHERE entrant_kind = '个人'
    UNION ALL
    SELECT 'material_reviews', content_id, sheet_no, row_number, officer_cert_no
    FROM raw.material_reviews
    WHERE entrant_kind = '个人'
    UNION ALL
    SELECT 'campaign_service', content_id, sheet_no, row_number, officer_cert_no
    FROM raw.campaign_service
)

SELECT row_id, 'inspection_records' AS source, 'IR-E5' AS rule_id FROM core.inspection_check WHERE is_nobodys
UNION ALL
SELECT row_id, 'inspection_records', 'IR-F5' FROM core.inspection_check WHERE has_invalid
UNION ALL
SELECT row_id, 'officer_roster', 'OR-F2' FROM core.certificate_claim
UNION ALL
SELECT row_id, source, 'D01' FROM core.conflict_in_file
UNION ALL
SELECT
    place(d.file_seq, e.sheet_no, e.row_number),
    e.source,
    CASE e.source WHEN 'case_file_reviews' THEN 'CR-E2' WHEN 'material_reviews' THEN 'MR-E2' ELSE 'CS-E6' END
FROM entrant AS e
JOIN core.delivery AS d USING (content_id)
WHERE e.officer_cert_no IS NOT NULL AND e.officer_cert_no NOT IN (SELECT cert_no FROM core.certificate_holder)
UNION ALL
SELECT place(d.file_seq, n.sheet_no, n.row_number), 'nominations', 'NM-E3'
FROM raw.nominations AS n
JOIN core.delivery AS d USING (content_id)
LEFT JOIN core.certificate_holder AS h ON h.cert_no = n.officer_cert_no
WHERE
    n.nomination_kind <> '县级集体'
    AND n.officer_cert_no IS NOT NULL
    AND (h.cert_no IS NULL OR left(h.agency_code, 4) <> left(n.nominated_by, 4))
