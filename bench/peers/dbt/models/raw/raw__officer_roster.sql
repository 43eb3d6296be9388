-- One row: an officer of a delivered roster, typed.
{% set stored = [
    'month', 'officer_id', 'officer_name', 'agency_code', 'agency_name', 'in_establishment', 'on_post', 'cert_no',
    'cert_valid_from', 'cert_valid_to'] | join(', ') %}
SELECT
    content_id,
    sheet_no,
    row_number,
    coalesce(strftime(month, '%Y-%m'), '') || '|' || coalesce(officer_id, '') AS business_key,
    month IS NOT NULL AND officer_id IS NOT NULL AS is_key_readable,
    hash({{ stored }}) AS content_hash,
    agency_code AS row_region,
    {{ stored }}
FROM {{ ref('raw__roster_read') }}
