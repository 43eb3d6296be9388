-- One row: a row of any source as delivered (a content that came under two paths: once for each path).
-- row_id orders the rows as they were delivered: file, sheet, row (SOURCES 1, keys and corrections).
SELECT
    place(d.file_seq, t.sheet_no, t.row_number) AS row_id,
    d.file_seq,
    d.delivery_month,
    t.*
FROM (
    SELECT 'inspection_records' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.inspection_records
    UNION ALL BY NAME
    SELECT 'evidence_documents' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.evidence_documents
    UNION ALL BY NAME
    SELECT 'officer_roster' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.officer_roster
    UNION ALL BY NAME
    SELECT 'transmission_rates' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.transmission_rates
    UNION ALL BY NAME
    SELECT 'typical_cases' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.typical_cases
    UNION ALL BY NAME
    SELECT 'referrals' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.referrals
    UNION ALL BY NAME
    SELECT 'penalty_cases' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.penalty_cases
    UNION ALL BY NAME
    SELECT 'case_file_reviews' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.case_file_reviews
    UNION ALL BY NAME
    SELECT 'campaign_service' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.campaign_service
    UNION ALL BY NAME
    SELECT 'reported_measures' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.reported_measures
    UNION ALL BY NAME
    SELECT 'material_reviews' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.material_reviews
    UNION ALL BY NAME
    SELECT 'nominations' AS source, business_key, is_key_readable, content_hash, row_region AS region_code, content_id, sheet_no, row_number FROM raw.nominations
) AS t
JOIN core.delivery AS d USING (content_id)
