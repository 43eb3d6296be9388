-- One row: a rule broken by a record.
{% set rules = {
    'IR-E1': "NOT coalesce(regexp_full_match(record_id, 'JC[0-9]{19}'), false)",
    'IR-E2': "uploaded_at IS NULL",
    'IR-E3': "record_status IS DISTINCT FROM '有效'",
    'IR-E4': "NOT coalesce(regexp_full_match(agency_code, '65[0-9]{4}'), false)",
    'IR-C1': "site_name IS NULL",
    'IR-C2': "site_uscc IS NULL",
    'IR-C3': "started_at IS NULL OR ended_at IS NULL",
    'IR-C4': "longitude IS NULL OR latitude IS NULL",
    'IR-C5': "coalesce(len(inspector_cert_nos), 0) < 2",
    'IR-C6': "problem_found AND problem_text IS NULL",
    'IR-C7': "problem_found AND disposal IS NULL",
    'IR-C8': "inspection_mode = '现场检查' AND coalesce(photo_count, 0) <= 0",
    'IR-C9': "inspection_mode IS NULL OR inspection_type IS NULL OR problem_found IS NULL OR upload_terminal IS NULL",
    'IR-F1': "NOT regexp_full_match(site_uscc, '[0-9A-HJ-NP-RTUW-Y]{18}')",
    'IR-F2': "longitude NOT BETWEEN 73.40 AND 96.40 OR latitude NOT BETWEEN 34.30 AND 49.20",
    'IR-F3': "ended_at < started_at OR ended_at > started_at + INTERVAL 24 HOUR",
    'IR-F4': "len(inspector_names) <> len(inspector_cert_nos)",
    'IR-F6': "inspection_mode NOT IN ('现场检查', '非现场检查') OR upload_terminal NOT IN ('移动端', '电脑端')",
    'IR-T1': "uploaded_at > coalesce(ended_at, started_at) + INTERVAL 72 HOUR",
    'IR-T2': "uploaded_at < started_at",
} %}
{% for rule_id, broken in rules.items() %}
SELECT row_id, '{{ rule_id }}' AS rule_id FROM {{ ref('record') }} WHERE {{ broken }}
UNION ALL
{% endfor %}
SELECT row_id, 'IR-E5' FROM {{ ref('named') }} GROUP BY row_id HAVING count(officer_id) = 0
UNION ALL
SELECT row_id, 'IR-F5' FROM {{ ref('named') }} GROUP BY row_id HAVING NOT bool_and(coalesce(is_valid, false))
