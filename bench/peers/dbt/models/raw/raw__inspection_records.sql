-- One row: a delivered inspection record, typed.
{% set stored = [
    'record_id', 'inspection_type', 'inspection_mode', 'agency_code', 'agency_name', 'site_name', 'site_uscc',
    'site_region_code', 'longitude', 'latitude', 'started_at', 'ended_at', 'uploaded_at', 'inspector_names',
    'inspector_cert_nos', 'problem_found', 'problem_text', 'disposal', 'has_transcript', 'photo_count',
    'upload_terminal', 'record_status'] | join(', ') %}
SELECT
    content_id,
    sheet_no,
    row_number,
    coalesce(record_id, '') AS business_key,
    record_id IS NOT NULL AS is_key_readable,
    hash({{ stored }}) AS content_hash,
    agency_code AS row_region,
    {{ stored }}
FROM {{ ref('raw__record_read') }}
