-- One row: a rule that an inspection record breaks by itself, or a cell of it that cannot be read (X01). IR-F7 has no column here.
{% set outside = "longitude < " ~ quality('longitude_min') ~ " OR longitude > " ~ quality('longitude_max')
    ~ " OR latitude < " ~ quality('latitude_min') ~ " OR latitude > " ~ quality('latitude_max') %}
{% set odd_option -%}
    (inspection_type IS NULL AND inspection_type__text IS NOT NULL) OR (inspection_mode IS NULL AND inspection_mode__text IS NOT NULL)
    OR (upload_terminal IS NULL AND upload_terminal__text IS NOT NULL)
{%- endset %}
{% set rules = [
    ('IR-E1', 'record_id', "NOT coalesce(regexp_full_match(record_id, 'JC[0-9]{19}'), FALSE)"),
    ('IR-E2', 'uploaded_at', "uploaded_at IS NULL"),
    ('IR-E3', 'record_status', "record_status IS DISTINCT FROM '有效'"),
    ('IR-E4', 'agency_code', "agency_code IS NULL"),
    ('IR-C1', 'site_name', "site_name IS NULL"),
    ('IR-C2', 'site_uscc', "site_uscc IS NULL"),
    ('IR-C3', 'started_at', "started_at__text IS NULL OR ended_at__text IS NULL"),
    ('IR-C4', 'longitude', "longitude__text IS NULL OR latitude__text IS NULL"),
    ('IR-C5', 'inspector_cert_nos', "coalesce(len(inspector_cert_nos), 0) < " ~ quality('ir_min_certificates')),
    ('IR-C6', 'problem_found', "problem_found AND problem_text IS NULL"),
    ('IR-C7', 'problem_found', "problem_found AND disposal IS NULL"),
    ('IR-C8', 'inspection_mode', "inspection_mode = '现场检查' AND (photo_count__text IS NULL OR photo_count <= 0)"),
    ('IR-C9', 'inspection_mode', "inspection_mode__text IS NULL OR inspection_type__text IS NULL OR problem_found__text IS NULL OR upload_terminal__text IS NULL"),
    ('IR-F1', 'site_uscc', "site_uscc IN (SELECT site_uscc FROM " ~ ref('raw__bad_credit_code') ~ ")"),
    ('IR-F2', 'longitude', outside),
    ('IR-F3', 'ended_at', "ended_at < started_at OR ended_at > started_at + to_hours(" ~ quality('ir_f3_hours') ~ "::BIGINT)"),
    ('IR-F4', 'inspector_names', "len(inspector_names) <> len(inspector_cert_nos)"),
    ('IR-F6', 'inspection_type', odd_option),
    ('IR-T1', 'uploaded_at', "uploaded_at > coalesce(ended_at, started_at) + to_hours(" ~ quality('ir_t1_hours') ~ "::BIGINT)"),
    ('IR-T2', 'uploaded_at', "uploaded_at < started_at"),
] %}
{{ issues('inspection_records', ref('raw__record_read'), rules + unreadable(
    ['longitude', 'latitude', 'started_at', 'ended_at', 'problem_found', 'has_transcript', 'photo_count'])) }}
